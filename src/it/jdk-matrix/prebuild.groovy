// Another JDK than Maven's: one that the user names (-Dipc.it.jdk=HOME, IPC_IT_JDK), one of Maven's toolchains,
// one that the environment knows as build servers do (JAVA_HOME_25_X64), or a neighbour of Maven's own.
def version = { home ->
    def release = new File(home, 'release')
    def line = release.file ? release.readLines().find { it.startsWith('JAVA_VERSION=') } : null
    def found = line =~ /"(\d+)/
    line != null && found.find() && new File(home, 'bin/java').canExecute() ? found.group(1) as int : 0
}
def own = new File(System.getProperty('java.home')).canonicalFile
def named = [System.getProperty('ipc.it.jdk'), System.getenv('IPC_IT_JDK')].findAll { it }
named.each { assert version(new File(it)) > 0 : "not the home of a JDK: $it" }
def toolchains = new File(System.getProperty('user.home'), '.m2/toolchains.xml')
def candidates = named.collect { new File(it) }
candidates += toolchains.file ? new groovy.xml.XmlSlurper().parse(toolchains).'**'
        .findAll { it.name() == 'jdkHome' }.collect { new File(it.text().trim()) } : []
candidates += System.getenv().findAll { it.key.startsWith('JAVA_HOME_') }.values().collect { new File(it) }
candidates += (own.parentFile.listFiles() ?: []) as List
def other = candidates.collect { it.canonicalFile }.find { version(it) >= 17 && version(it) != version(own) }
if (other == null) {
    println "there is only one JDK, $own: each goal runs on it alone; name another one with -Dipc.it.jdk=HOME"
} else {
    println "JDK ${version(own)} ($own) against JDK ${version(other)} ($other), in both directions"
}
new File(basedir, 'test.properties').text = "ipc.jdks=${[own, other].findAll().join(',')}\n"
return true
