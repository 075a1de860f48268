def sentence = /put\(5\) by producer-0 was acknowledged.* nobody got it/
def log = new File(basedir, 'build.log').text
assert log =~ sentence

// The sentence stands in the report that other tools read, too: as the failure's message and in its body.
def suite = new groovy.xml.XmlSlurper().parse(new File(basedir, 'target/ipc-reports/TEST-ipc.queue.bug.xml'))
def failures = suite.testcase.failure
assert failures.any { it.@message.text() =~ /put\(5\) by producer-0 was acknowledged.* nobody got it/ && it.text() =~ /put\(5\) by producer-0 was acknowledged.* nobody got it/ }
assert log.contains('BUILD FAILURE')
return true
