def sentence = /add\(1\) by (producer|consumer)-0 and add\(1\) by (producer|consumer)-0 both found \d+/
def log = new File(basedir, 'build.log').text
assert (log =~ sentence).find() : "not in build.log: ${sentence}"

// The sentence stands in the report that other tools read, too: as the failure's message and in its body.
def suite = new groovy.xml.XmlSlurper().parse(new File(basedir, 'target/ipc-reports/TEST-ipc.value.bug.xml'))
def failures = suite.testcase.failure
assert failures.any { it.@message.text() =~ sentence && it.text() =~ sentence }

// What it was judged by is kept, and so is the verdict for ipc:verify.
def run = log.find(/histories and logs: (\S+)/) { it[1] }
assert new File(run, 'histories').list().any { it.endsWith('.history') }
assert new File(run, 'logs/producer-0.log').exists()
assert new File(basedir, 'target/ipc/summaries').list().any { it.endsWith('bug.json') }
assert log.contains('BUILD FAILURE')
return true
