/** What came of a scenario, for people (console), tools (JUnit XML) and {@code ipc:verify} (summary). Knows no Maven. */
package io.github.ipcharness.maven.report;
