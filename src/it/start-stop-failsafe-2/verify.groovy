def log = new File(basedir, 'build.log').text

assert log =~ /failsafe(-plugin)?:2\.22\.2/
assert log.contains('start shop: a namespace for the tests, and no process')
assert log =~ /Tests run: 1, Failures: 0, Errors: 0, Skipped: 0/
assert log =~ /queue numbers: 2 operations judged/
assert log.contains('1 scenario passed, 2 operations judged')
return true
