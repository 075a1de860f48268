def log = new File(basedir, 'build.log').text

// What was wrong, how it ended, its last words, and how to see it again by hand.
assert log =~ /producer-0 .*exit code 1/
assert log.contains('java.lang.IllegalStateException: the price list is empty')
assert log =~ /com\.acme\.Crashing/
assert log =~ /producer-0 .*SIGKILL/
assert log.contains('about to be killed')
def suite = new groovy.xml.XmlSlurper().parse(new File(basedir, 'target/ipc-reports/TEST-ipc.queue.exception.xml'))
assert suite.testcase.failure.any { it.text().contains('the price list is empty') }
assert log.contains('BUILD FAILURE')
return true
