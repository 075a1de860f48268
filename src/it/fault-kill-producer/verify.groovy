def log = new File(basedir, 'build.log').text

assert log.contains('will kill producer-0 after 5,000 messages')
assert log =~ /producer-0 +pid \d+ +SIGKILL, by a fault/
assert log =~ /fault: kill producer-0 after 5,000 messages landed (inside put of queue queue|between two operations), after/
assert log =~ /fault: kill producer-1 after 50 ms landed (inside put of queue queue|between two operations)/
// The other producer and the consumer went on to their ends, and everything acknowledged came out.
assert log =~ /producer-0 +pid \d+ +exit 0/
assert (log =~ /consumer-0 +pid \d+ +exit 0/).count == 2
assert (log =~ /operations judged.*loss, order/).count == 2
assert (log =~ /PASSED/).count == 2

// Where it landed stands in the report and in the summary, too.
def suite = new groovy.xml.XmlSlurper().parse(new File(basedir, 'target/ipc-reports/TEST-ipc.queue.alone.xml'))
assert suite.properties.property.any { it.@name == 'ipc.fault.1' && it.@value.text() =~ /^kill producer-0 after 5,000 messages landed / }
assert suite.testcase.any { it.@name == 'fault: kill producer-0 after 5,000 messages' }
def summary = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/ipc/summaries/queue-alone.json'))
assert summary.outcome == 'PASSED'
assert summary.faults.size() == 1 && summary.faults[0] =~ /landed/
return true
