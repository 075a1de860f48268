def log = new File(basedir, 'build.log').text

// Three builds that skipped, and one whose program is not there.
assert (log =~ /BUILD SUCCESS/).count == 3
assert (log =~ /BUILD FAILURE/).count == 1
assert log.contains('com.acme.NotThere')
return true
