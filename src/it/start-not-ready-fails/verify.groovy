def log = new File(basedir, 'build.log').text

assert log =~ /consumer-0 was not ready after 3 s \(ipc.readyTimeout\) and was killed: it has opened nothing that is called orders/
assert log.contains('waiting for the price list')
// Where it hung: the thread dump is in its log.
assert new File(basedir, 'target/ipc/runs/start-late/logs/consumer-0.log').text.contains('waitForPriceList')
assert log =~ /consumer-0 ended with exit code 1 before it was ready: it has opened nothing that is called orders/
assert log.contains('java.lang.IllegalStateException: there is no price list')
assert log =~ /consumer-0 ended with exit code 0 before it was ready: it has opened nothing that is called orders/
assert log.contains('nobody would stop what ipc:start starts: name ipc:stop after it in the same command')

// Its own goal fails the build, and the tests do not run.
assert (log =~ /Failed to execute goal .*ipc-maven-plugin.*:start \(late\)/).count == 4
assert !log.contains('NeverIT')
assert (log =~ /BUILD FAILURE/).count == 4
return true
