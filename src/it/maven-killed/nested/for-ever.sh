# A process, a child of it, and one in a session of its own, which nobody's terminal ends. It says where they are.
setsid sleep 1000 &
away=$!
sleep 1000 &
echo "pids $IPC_HOME $$ $away $!"
while :; do wait; sleep 1000; done
