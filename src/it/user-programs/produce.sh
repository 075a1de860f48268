#!/bin/sh
# Stands for any program that is not Java: it finds the run by IPC_HOME, and calls a JVM of its own.
echo "producing $1 orders in $IPC_HOME as $IPC_ROLE $IPC_INDEX"
exec java -cp "$IPC_CLASSPATH" -Dbatch=5 com.acme.OrderProducer "$1"
