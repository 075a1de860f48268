def log = new File(basedir, 'build.log').text

assert (log =~ /consumer-0 +pid \d+ +SIGKILL, by a fault/).count == 2
assert log =~ /fault: kill consumer-0 after 50 ms landed (inside get of queue queue|between two operations)/
assert log =~ /fault: kill consumer-0 after 5,000 messages landed (inside get of queue queue|between two operations), after/
// Nothing is lost but what a killed get may have taken: what was left was taken by another consumer.
assert log.contains('no consumer is left: consumer-1 takes what there is')
assert (log =~ /consumer-1 +pid \d+ +exit 0/).count == 2
assert (log =~ /operations judged.*loss, order/).count == 2
assert (log =~ /PASSED/).count == 2
return true
