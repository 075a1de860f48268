def log = new File(basedir, 'build.log').text

(0..4).each { assert log.contains("[consumer-0] got $it") }
assert log.indexOf('[consumer-0] got 0') < log.indexOf('[consumer-0] got 4')
assert log =~ /queue numbers: 10 operations judged/
assert log.contains('PASSED')
return true
