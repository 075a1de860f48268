# Called by its path; finds its class path without naming it.
echo "in $PWD"
exec java "@$IPC_CLASSPATH_FILE" -Dipc.home="$IPC_HOME" com.acme.Producer "$@"
