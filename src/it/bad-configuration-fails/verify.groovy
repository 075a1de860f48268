def log = new File(basedir, 'build.log').text

// Each names the parameter, the limit and the value.
assert log =~ /messages must be .*-5/
assert log =~ /guarantee must be .*strict/
assert log =~ /timeout .*60/
assert log =~ /capacity must be .*: 0/
assert log =~ /classpathScope must be .*everything/
assert log.contains('faults must be of kill, pause, restart, slow and starve: explode')
assert log.contains('faults.kill.role must be producer or consumer: broker')
assert log.contains('faults.kill.afterMessages must be a whole number from 1 to 2000000000: 0')
assert log.contains('faults.kill.afterMessages must be a whole number from 1 to 2000000000: -3')
assert log.contains('faults.kill.after must be a whole number with its unit (500ms, 60s, 2m, 1h): 200')
assert log.contains('faults.kill: give after or afterMessages, not both: after is 200ms, afterMessages is 5000')
assert log.contains('faults.kill.process must be from 0 to 0, or all, since producer.count is 1: 2')
assert log.contains('faults.pause must have parameters of role, process, after, afterMessages, duration: signal')
assert log.contains('faults.pause.duration must be a whole number with its unit (500ms, 60s, 2m, 1h): 500')
assert log.contains('ipc.jdks must be the home of a JDK, which has a bin/java: /nowhere/jdk')
assert log =~ /ipc.jdks must be the home of a JDK, or fit one of Maven's jdk toolchains \(there are .*, and Maven runs on \d+\): 6/
assert log.contains('ipc.jvmModes must be of default, interpreted, c1, c2, or JVM options such as -XX:+UseZGC: fast')
assert log.contains('ipc.repeat must be from 1 to 1000000: 0')
assert (log =~ /BUILD FAILURE/).count == 19
return true
