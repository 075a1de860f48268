def log = new File(basedir, 'build.log').text

assert log =~ /producer-0 +pid \d+ +SIGKILL, by a fault/
assert log =~ /consumer-0 +pid \d+ +SIGKILL, by a fault/
assert log =~ /fault: kill producer-0 after 5,000 messages landed (inside (send|receive) of pipe pipe-0|between two operations)/
assert log =~ /fault: kill consumer-0 after 5,000 messages landed (inside (send|receive) of pipe pipe-0|between two operations)/
assert log =~ /producer-0 +pid \d+ +exit 0/
assert log =~ /consumer-0 +pid \d+ +exit 0/
assert (log =~ /operations judged.*end of stream/).count == 2
assert (log =~ /PASSED/).count == 2
return true
