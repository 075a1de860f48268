def sentence = /put\(1\) by producer-0 had finished .* before put\(2\) by producer-0 began, yet consumer-0 got 2 .* before anyone asked for 1/
def log = new File(basedir, 'build.log').text
assert (log =~ sentence).find() : "not in build.log: ${sentence}"

// And the four operations that prove it stand over time, one lane a process.
assert (log =~ /producer-0 +\[put\(1\)-*\] +\[put\(2\)/).find()
assert (log =~ /consumer-0 +.*\[get -> 2-*\] +\[get -> 1/).find()

// The sentence stands in the report that other tools read, too: as the failure's message and in its body.
def suite = new groovy.xml.XmlSlurper().parse(new File(basedir, 'target/ipc-reports/TEST-ipc.queue.bug.xml'))
def failures = suite.testcase.failure
assert failures.any { it.@message.text() =~ sentence && it.text() =~ sentence }

// What it was judged by is kept, and so is the verdict for ipc:verify.
def run = log.find(/histories and logs: (\S+)/) { it[1] }
assert new File(run, 'histories').list().any { it.endsWith('.history') }
assert new File(run, 'logs/producer-0.log').exists()
assert new File(basedir, 'target/ipc/summaries').list().any { it.endsWith('bug.json') }
assert log.contains('BUILD FAILURE')
return true
