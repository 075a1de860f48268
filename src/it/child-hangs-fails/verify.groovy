def log = new File(basedir, 'build.log').text

assert log =~ /producer-0 had not ended after 3 s \(ipc.timeout\) and was killed/
assert log.contains('waiting for the price list')
// Where it hung: the thread dump is in its log.
assert new File(basedir, 'target/ipc/runs/queue-hang/logs').listFiles().any { it.text.contains('waitForPriceList') }
assert log =~ /its threads, before it was killed:[\s\S]*at com\.acme\.\w+\.waitForPriceList/
assert log.contains('BUILD FAILURE')
return true
