def log = new File(basedir, 'build.log').text

(0..4).each { assert log.contains("[consumer-0] received $it") }
assert log.contains('[producer-0] answer -4')
assert log =~ /pipe numbers: \d+ operations judged/
assert log.contains('PASSED')
return true
