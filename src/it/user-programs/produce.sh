#!/bin/sh
# Stands for any program that is not Java: it finds the run by IPC_HOME, and calls a JVM of its own
# with the project's test class path, which is too long for some command lines and so stands in a file.
echo "producing $1 orders in $IPC_HOME as $IPC_ROLE $IPC_INDEX"
exec java "@$IPC_CLASSPATH_FILE" -Dbatch=5 com.acme.OrderProducer "$1"
