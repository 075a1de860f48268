def log = new File(basedir, 'build.log').text

assert log.contains('[producer-0] mode fast, index 0')
assert log.contains('[producer-1] mode fast, index 1')
// 2 producers of 5,000 orders each, all of them got.
assert log =~ /10,000 messages in/
assert log =~ /\[producer-0\] producing 100 orders in .* as producer 0/
assert log =~ /100 messages in/
assert (log =~ /PASSED/).count == 2
// The services were asked to end, and that is no failure.
assert log =~ /consumer-1 +pid \d+ +.*SIGTERM/
return true
