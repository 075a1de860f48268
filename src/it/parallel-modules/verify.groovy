def log = new File(basedir, 'build.log').text

assert log.contains('Using the MultiThreadedBuilder implementation with a thread count of 2')
['a', 'b'].each { module ->
    ['queue-orders', 'start-shop'].each { scenario ->
        // 1,000 orders and their receipts, and nothing of the other module's.
        def summary = new groovy.json.JsonSlurper().parse(new File(basedir, "${module}/target/ipc/summaries/${scenario}.json"))
        assert summary.outcome == 'PASSED'
        assert summary.objects*.name.sort() == ['orders', 'receipts']
        assert summary.objects.every { it.operations in 2000..2500 } : summary.objects
    }
}
// Four namespaces, none of which is left.
def homes = (log =~ /the tests meet them in (\S+)/).collect { it[1] }
assert homes.size() == 2 && homes.toSet().size() == 2
assert homes.every { !new File(it).exists() }
assert (log =~ /2 scenarios passed/).count == 2
return true
