package io.github.ipcharness.maven.mojo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;

/**
 * Colours what matters on the console, where Maven colours its own lines: whose line it is, and whether all is well.
 *
 * <p>Maven alone knows whether it colours ({@code -B}, {@code -Dstyle.color}, {@code -l}, no terminal), and it offers no
 * way to ask that is the same in all its versions: each has a class with a static method, which is asked here by name.
 * Where there is none, nothing is coloured.
 */
final class ColouredLog implements Log {

    /** Of Maven 3, and of Maven 4. */
    private static final String[] WHO_KNOWS = {
        "org.apache.maven.shared.utils.logging.MessageUtils", "org.apache.maven.jline.MessageUtils"
    };

    private static final String GOOD = "\033[1;32m";
    private static final String BAD = "\033[1;31m";
    private static final String DOUBTFUL = "\033[1;33m";
    private static final String NAME = "\033[36m";
    private static final String END = "\033[m";

    private static final Pattern NAMED = Pattern.compile("^\\[[a-z]+-\\d+(#\\d+)?\\](?= )");
    private static final Pattern VERDICT =
            Pattern.compile("^  (?:(PASSED)|(FAILED)|(UNKNOWN|unknown, and tolerated))(?=[: ])");
    private static final Pattern CHECKED = Pattern.compile("(?<=: )(?:(ok)|(violation)|(unknown))(?= \\()");

    private final Log log;

    private ColouredLog(Log log) {
        this.log = log;
    }

    /** The same log where Maven does not colour. */
    static Log of(Log log) {
        return isColoured(MavenSession.class.getClassLoader()) ? always(log) : log;
    }

    static Log always(Log log) {
        return new ColouredLog(log);
    }

    private static boolean isColoured(ClassLoader maven) {
        return Stream.of(WHO_KNOWS).anyMatch(name -> isColoured(maven, name));
    }

    private static boolean isColoured(ClassLoader maven, String name) {
        try {
            return (boolean)
                    Class.forName(name, true, maven).getMethod("isColorEnabled").invoke(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            return false; // Another version of Maven.
        }
    }

    private static String coloured(CharSequence line) {
        Matcher named = NAMED.matcher(line);
        if (named.find()) {
            return named.replaceFirst(NAME + "$0" + END);
        }
        Matcher verdict = VERDICT.matcher(line);
        return verdict.find() ? painted(line, verdict) : painted(line, CHECKED.matcher(line));
    }

    /** Group 1 is good, 2 is bad, 3 is neither. */
    private static String painted(CharSequence line, Matcher matcher) {
        if (!matcher.find(0)) {
            return line.toString();
        }
        for (int group = 1; group <= 3; group++) {
            if (matcher.group(group) != null) {
                String colour = group == 1 ? GOOD : group == 2 ? BAD : DOUBTFUL;
                return line.subSequence(0, matcher.start(group))
                        + colour
                        + matcher.group(group)
                        + END
                        + line.subSequence(matcher.end(group), line.length());
            }
        }
        return line.toString();
    }

    @Override
    public boolean isDebugEnabled() {
        return log.isDebugEnabled();
    }

    @Override
    public void debug(CharSequence content) {
        log.debug(content);
    }

    @Override
    public void debug(CharSequence content, Throwable error) {
        log.debug(content, error);
    }

    @Override
    public void debug(Throwable error) {
        log.debug(error);
    }

    @Override
    public boolean isInfoEnabled() {
        return log.isInfoEnabled();
    }

    @Override
    public void info(CharSequence content) {
        log.info(coloured(content));
    }

    @Override
    public void info(CharSequence content, Throwable error) {
        log.info(coloured(content), error);
    }

    @Override
    public void info(Throwable error) {
        log.info(error);
    }

    @Override
    public boolean isWarnEnabled() {
        return log.isWarnEnabled();
    }

    @Override
    public void warn(CharSequence content) {
        log.warn(coloured(content));
    }

    @Override
    public void warn(CharSequence content, Throwable error) {
        log.warn(coloured(content), error);
    }

    @Override
    public void warn(Throwable error) {
        log.warn(error);
    }

    @Override
    public boolean isErrorEnabled() {
        return log.isErrorEnabled();
    }

    @Override
    public void error(CharSequence content) {
        log.error(coloured(content));
    }

    @Override
    public void error(CharSequence content, Throwable error) {
        log.error(coloured(content), error);
    }

    @Override
    public void error(Throwable error) {
        log.error(error);
    }
}
