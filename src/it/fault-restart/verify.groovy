def log = new File(basedir, 'build.log').text

assert log =~ /fault: restart producer-0 after 2,000 messages landed /
assert log =~ /fault: restart consumer-0 after 2,000 messages landed /
assert log =~ /fault: restart producer-0 after 20 ms landed /
assert (log =~ /producer-0 +pid \d+ +SIGKILL, by a fault/).count == 2
assert (log =~ /producer-0#2 +pid \d+ +exit 0/).count == 2
assert log =~ /consumer-0#2 +pid \d+ +exit 0/
assert (log =~ /PASSED/).count == 3

// Each life has its own history and its own log.
def run = new File(basedir, 'target/ipc/runs/queue-producer')
assert new File(run, 'histories').listFiles().count { it.name.startsWith('producer-0') } == 2
assert new File(run, 'logs/producer-0#2.log').exists()
return true
