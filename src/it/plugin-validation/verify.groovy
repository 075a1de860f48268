def log = new File(basedir, 'build.log').text

// Had it anything to say of this plugin, it would name it, with a star before and the reasons after.
assert !(log =~ /\* +io\.github\.ipcharness/)
assert !(log =~ /(?i)validation issues|unknown for plugin|is deprecated/)
assert log.contains('4 scenarios passed')
assert (log =~ /BUILD SUCCESS/).count == 2
return true
