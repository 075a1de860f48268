package io.github.ipcharness.maven.scenario;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** By what a process that lives on in the background is seen to be ready. */
public sealed interface ReadyWhen {

    /** Nothing: it is as soon as it has been started. */
    record Started() implements ReadyWhen {}

    /** A line that it writes has a match of this. */
    record LogLine(Pattern pattern) implements ReadyWhen {}

    /** This file is there, and was not, or was another, before the process was started. */
    record FileWritten(Path file) implements ReadyWhen {}

    /** It has opened the object of this name, of whatever kind, in the namespace. */
    record ObjectOpened(String name) implements ReadyWhen {}

    /** @throws InvalidScenarioException if it is no regular expression */
    static ReadyWhen logLine(String parameter, String regex) {
        try {
            return new LogLine(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            throw new InvalidScenarioException(parameter + " must be a regular expression (" + e.getDescription()
                    + " near index " + e.getIndex() + "): " + regex);
        }
    }
}
