def log = new File(basedir, 'build.log').text

// Each names the parameter, the limit and the value.
assert log =~ /messages must be .*-5/
assert log =~ /guarantee must be .*strict/
assert log =~ /timeout .*60/
assert log =~ /capacity must be .*: 0/
assert log =~ /classpathScope must be .*everything/
return true
