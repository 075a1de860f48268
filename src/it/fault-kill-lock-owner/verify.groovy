def log = new File(basedir, 'build.log').text

assert log =~ /producer-0 +pid \d+ +SIGKILL, by a fault/
assert log.contains('fault: kill producer-0 after 2 messages landed between two operations, after 2 operations')
// The next owner is told, and the history says the same: no two owners, and none was robbed.
assert log.contains('[consumer-0] got the lock: FROM_DEAD_OWNER')
assert log =~ /lock guard: 3 operations judged, by: mutual exclusion/
assert log =~ /consumer-0 +pid \d+ +exit 0/
assert log.contains('PASSED')
return true
