def sentence = /put\(1\) by test-\d+ had finished .* before put\(2\) by test-\d+ began, yet consumer-0 got 2 .* before anyone asked for 1/
def log = new File(basedir, 'build.log').text

// The test saw nothing wrong, what the build had started was stopped, and then verify failed.
assert log =~ /Tests run: 1, Failures: 0, Errors: 0, Skipped: 0/
assert (log =~ /\[ERROR\]   FAILED: ${sentence}/).find() : "not in build.log: ${sentence}"
assert log =~ /\[ERROR\] Failed to execute goal .*ipc-maven-plugin.*:verify \(shop\)/
assert log =~ /consumer-0 +pid \d+ +exit 0/
assert (log =~ sentence).count == 2
assert log.contains('repeat: mvn verify')

def suite = new groovy.xml.XmlSlurper().parse(new File(basedir, 'target/ipc-reports/TEST-ipc.start.shop.xml'))
assert suite.testcase.failure.any { it.@message.text() =~ sentence }
assert log.contains('BUILD FAILURE')
return true
