def sentence = 'kill producer-0 after 20,000 messages did not land: producer-0 had ended, after 10,000 messages'
def log = new File(basedir, 'build.log').text

assert log.contains("UNKNOWN: $sentence")
assert log.contains("queue late: $sentence")
assert (log =~ /repeat: mvn .*ipc:queue@late -Dipc.seed=\d+/)
assert (log =~ /BUILD FAILURE/).count == 1
assert log.contains("unknown, and tolerated: $sentence")
assert (log =~ /BUILD SUCCESS/).count == 1
// The report is that of the second build.
def suite = new groovy.xml.XmlSlurper().parse(new File(basedir, 'target/ipc-reports/TEST-ipc.queue.late.xml'))
assert suite.testcase.skipped.any { it.@message == sentence }
return true
