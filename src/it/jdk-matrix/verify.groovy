def log = new File(basedir, 'build.log').text
def homes = new File(basedir, 'test.properties').text.trim().replace('ipc.jdks=', '').split(',').collect { new File(it) }
assert log.contains(homes.size() == 1 ? 'there is only one JDK' : 'in both directions')

// One result for each cell, and the processes of each really ran on the JDKs that its name says.
['queue', 'pipe', 'value'].each { goal ->
    [homes, homes].combinations { producer, consumer ->
        def cell = "$goal-$goal@$producer.name-to-$consumer.name"
        def summary = new groovy.json.JsonSlurper().parse(new File(basedir, "target/ipc/summaries/${cell}.json"))
        assert summary.outcome == 'PASSED'
        assert new File(basedir, "target/ipc-reports/TEST-ipc.${cell.replaceFirst('-', '.')}.xml").exists()
        assert log.contains("$goal $goal [$producer.name-to-$consumer.name]: ")
        def processes = new groovy.json.JsonSlurper().parse(new File(basedir, "target/ipc/runs/$cell/exits.json")).processes
        assert processes.find { it.label == 'producer-0' }.commandLine.contains(" $producer/bin/java ")
        assert processes.find { it.label == 'consumer-0' }.commandLine.contains(" $consumer/bin/java ")
    }
}
assert log =~ "${3 * homes.size() * homes.size()} scenarios passed"
return true
