def sentence = /(producer|consumer)-0 .*(producer|consumer)-0/
def log = new File(basedir, 'build.log').text
assert log =~ sentence

// The sentence stands in the report that other tools read, too: as the failure's message and in its body.
def suite = new groovy.xml.XmlSlurper().parse(new File(basedir, 'target/ipc-reports/TEST-ipc.value.bug.xml'))
def failures = suite.testcase.failure
assert failures.any { it.@message.text() =~ /(producer|consumer)-0 .*(producer|consumer)-0/ && it.text() =~ /(producer|consumer)-0 .*(producer|consumer)-0/ }
assert log.contains('BUILD FAILURE')
return true
