package io.github.ipcharness.maven.scenario;

import java.time.Duration;
import java.util.Optional;

/**
 * A process that lives on in the background.
 *
 * @param label {@code consumer-0}
 * @param ready how long it took until it was seen to be ready; empty if nobody waited for that
 */
public record ProcessStart(String label, long pid, Optional<Duration> ready) {}
