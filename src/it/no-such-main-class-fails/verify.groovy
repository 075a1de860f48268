def log = new File(basedir, 'build.log').text

assert log =~ /producer\.mainClass.*com\.acme\.OrderProdcuer/
assert log.contains('BUILD FAILURE')
return true
