def log = new File(basedir, 'build.log').text
def project = basedir.listFiles().find { it.name.startsWith('spaces and ') }
assert project

['queue-built in', 'value-built in', 'queue-their own', 'start-a service'].each { scenario ->
    def summary = new groovy.json.JsonSlurper().parse(new File(project, "target/ipc/summaries/${scenario}.json"))
    assert summary.outcome == 'PASSED'
    assert new File(summary.runDirectory) == new File(project, "target/ipc/runs/${scenario}")
    assert new File(summary.runDirectory, 'histories').list().any { it.endsWith('.history') }
}
assert new File(project, 'target/a file').text == 'written'
assert new File(project, 'target/ipc/runs/queue-their own/logs/producer-0.log').getText('UTF-8').contains("in ${project}")
assert log.contains('4 scenarios passed')
return true
