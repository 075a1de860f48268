// The name is made here, and not in the repository: where a system's file names are ASCII it cannot be, and then only has
// spaces.
def name = 'spaces and \u00fcmlauts'
def charset = java.nio.charset.Charset.forName(System.getProperty('sun.jnu.encoding'))
if (!charset.newEncoder().canEncode(name)) {
    name = 'spaces and more'
}
java.nio.file.Files.move(new File(basedir, 'project').toPath(), new File(basedir, name).toPath())
def pom = new File(basedir, 'pom.xml')
pom.setText(pom.getText('UTF-8').replace('DIRECTORY', name), 'UTF-8')
return true
