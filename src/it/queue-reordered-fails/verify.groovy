def sentence = /put\(1\) by producer-0 had finished .* before put\(2\) by producer-0 began, yet consumer-0 got 2 .* before anyone asked for 1/
def log = new File(basedir, 'build.log').text
assert log =~ sentence

// The sentence stands in the report that other tools read, too: as the failure's message and in its body.
def suite = new groovy.xml.XmlSlurper().parse(new File(basedir, 'target/ipc-reports/TEST-ipc.queue.bug.xml'))
def failures = suite.testcase.failure
assert failures.any { it.@message.text() =~ /put\(1\) by producer-0 had finished .* before put\(2\) by producer-0 began, yet consumer-0 got 2 .* before anyone asked for 1/ && it.text() =~ /put\(1\) by producer-0 had finished .* before put\(2\) by producer-0 began, yet consumer-0 got 2 .* before anyone asked for 1/ }
assert log.contains('BUILD FAILURE')
return true
