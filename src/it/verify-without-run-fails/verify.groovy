def log = new File(basedir, 'build.log').text

assert log.contains('nothing to verify')
assert log.contains('BUILD FAILURE')
return true
