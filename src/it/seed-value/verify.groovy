def log = new File(basedir, 'build.log').text

// The slower reader misses values, ends on the last one all the same, and passes.
assert log.contains('[consumer-0] read 4')
def missed = log =~ /consumer-0 missed (\d) of the values written/
assert missed.find()
assert missed.group(1).toInteger() in 1..4
assert log.contains('PASSED')
return true
