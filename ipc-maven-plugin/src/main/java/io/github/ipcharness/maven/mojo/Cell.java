package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.scenario.ProgramBuilder;
import io.github.ipcharness.maven.scenario.Role;
import java.nio.file.Path;
import java.util.List;

/**
 * One combination of JDKs and JVM mode in which a scenario runs.
 *
 * @param name empty if there is only one
 * @param producer the java program; null if nothing else is said than what the program says itself
 * @param consumer the same
 * @param mode null if there are no modes
 */
record Cell(String name, Path producer, Path consumer, List<String> mode) {

    ProgramBuilder apply(Role role, ProgramBuilder program) {
        Path java = role == Role.PRODUCER ? producer : consumer;
        if (java != null) {
            program.java(java);
        }
        return program.jvmMode(mode);
    }
}
