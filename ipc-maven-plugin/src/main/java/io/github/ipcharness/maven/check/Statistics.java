package io.github.ipcharness.maven.check;

import java.util.Map;

/** Placeholder. */
public record Statistics(
        long operations,
        long pending,
        Map<String, Long> counts,
        long firstCall,
        long lastReturn,
        Map<String, Long> missed) {}
