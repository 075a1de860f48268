def log = new File(basedir, 'build.log').text

// The service was ready before the first test, and was ended after the last.
def order = ['start shop: 1 consumer (com.acme.Shop)', '[consumer-0] open for business', 'ready after', 'FirstOrdersIT',
        'SIGTERM, as asked', 'PASSED in', '1 scenario passed']
def places = order.collect { log.indexOf(it) }
assert places.every { it >= 0 } : [order, places].transpose()
assert places == places.sort(false) : [order, places].transpose()
assert log =~ /Tests run: 2, Failures: 0, Errors: 0, Skipped: 0/

// What the tests did is judged as well: 200 orders and 200 receipts, each put and taken.
assert log =~ /queue orders: 4\d\d operations judged.*order/
assert log =~ /queue receipts: 4\d\d operations judged/
assert log =~ /value sold: \d+ operations judged/
def run = new File(basedir, 'target/ipc/runs/start-shop')
assert new File(run, 'histories').list().any { it.startsWith('consumer-0-') }
assert new File(run, 'histories').list().any { it.startsWith('test-') }
assert new File(basedir, 'target/ipc-reports/TEST-ipc.start.shop.xml').file
assert new File(basedir, 'target/ipc/summaries/start-shop.json').text.contains('"PASSED"')

// Nothing is left of it.
def home = log.find(/the tests meet them in (\S+)/) { it[1] }
assert home.startsWith('/') && !new File(home).exists()
def pid = log.find(/consumer-0  pid (\d+)  ready/) { it[1] } as long
assert ProcessHandle.of(pid).map { !it.alive }.orElse(true)
// What Failsafe would warn of, had the tests been told of the namespace twice.
assert !log.contains('ipc.home is configured twice')
assert !(log =~ /(?m)^\[(WARNING|ERROR)\]   /)
return true
