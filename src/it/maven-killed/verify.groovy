def log = new File(basedir, 'build.log').text

assert log =~ /Tests run: 3, Failures: 0, Errors: 0, Skipped: 0/
['KILL to maven', 'TERM to maven', 'INT to all'].each { assert log =~ /${it}: nothing left after \d+ ms/ }
return true
