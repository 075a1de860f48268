def log = new File(basedir, 'build.log').text

assert log =~ /fault: pause consumer-0 for 1 s after 1,000 messages landed (inside get of queue queue|between two operations)/
assert log =~ /10,000 messages in/
assert log.contains('PASSED')

// The queue was full: a put lasted from early in the pause to after its end.
def run = new File(basedir, 'target/ipc/runs/queue-full')
def pause = new groovy.json.JsonSlurper().parse(new File(run, 'exits.json')).faults[0]
assert pause.to - pause.from >= 1_000_000_000L
def jar = new File(localRepositoryPath, 'io/github/ipcharness/ipc-runtime').listFiles()
        .collectMany { it.directory ? it.listFiles().toList() : [] }
        .find { it.name ==~ /ipc-runtime-[^-]+(-SNAPSHOT)?\.jar/ }
def reader = new URLClassLoader([jar.toURI().toURL()] as URL[]).loadClass('io.github.ipcharness.ipc.history.HistoryReader')
        .open(new File(run, 'histories').listFiles().find { it.name.startsWith('producer-0') }.toPath())
def blocked = 0
while (reader.next()) {
    def during = Math.min(reader.returned(), pause.to) - Math.max(reader.call(), pause.from)
    if (reader.operation().toString() == 'put' && reader.returned() > pause.to && during > 100_000_000L) {
        blocked++
    }
}
assert blocked > 0
return true
