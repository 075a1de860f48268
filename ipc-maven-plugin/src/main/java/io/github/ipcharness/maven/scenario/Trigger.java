package io.github.ipcharness.maven.scenario;

import java.time.Duration;
import java.util.Locale;

/**
 * When a fault comes, as seen from its process: so long after its first operation, or after so many messages.
 *
 * <p>Not so long after its start: a JVM takes its time to start, and to strike it then would prove nothing. A message is
 * an operation that returned ok: a put or get, a send or receive, a read or change of a value, a lock taken.
 *
 * @param after null if it is a number of messages
 * @param messages 0 if it is a time
 */
public record Trigger(Duration after, long messages) {

    static Trigger after(Duration time) {
        return new Trigger(time, 0);
    }

    static Trigger afterMessages(long messages) {
        return new Trigger(null, messages);
    }

    public boolean isTime() {
        return after != null;
    }

    /** {@code after 200 ms}, {@code after 5,000 messages}. */
    @Override
    public String toString() {
        return isTime()
                ? "after " + Durations.write(after)
                : String.format(Locale.ROOT, "after %,d message%s", messages, messages == 1 ? "" : "s");
    }
}
