def log = new File(basedir, 'build.log').text

['queue', 'pipe', 'value'].each { goal ->
    assert new File(basedir, "target/ipc-reports/TEST-ipc.${goal}.default.xml").file
    assert new File(basedir, "target/ipc/summaries/${goal}-default.json").file
    // Two processes of their own, which are not this one.
    assert new File(basedir, "target/ipc/runs/${goal}-default/exits.json").text.contains('"exitCode"')
    assert log =~ /${goal} default: 1 producer \(built-in\), 1 consumer \(built-in\), 10,000 messages/
}
assert (log =~ /producer-0 +pid \d+ +exit 0/).count == 3
assert (log =~ /consumer-0 +pid \d+ +exit 0/).count == 3
assert (log =~ /PASSED in/).count == 3
// Every message of the queue was put and got, and those of the pipe went both ways.
assert log =~ /queue: \d\d,\d{3} operations judged, by: .*order/
assert log =~ /10,000 messages in .* messages\/s/
assert log =~ /20,000 messages in .* messages\/s/
// Maven itself may warn of settings that it does not know, or of a repository that it cannot reach.
def warnings = log.readLines().findAll { it =~ /^\[(WARNING|ERROR)\] \S/ }
assert warnings.every { it =~ /effective settings|Unrecognised tag|profile|Could not transfer/ } : warnings
assert !(log =~ /(?m)^\[(WARNING|ERROR)\]   /)
// The children say nothing of their own.
assert !(log =~ /\[(producer|consumer)-\d\]/)
return true
