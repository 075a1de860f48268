package io.github.ipcharness.maven.report;

import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that an execution has left, one for each of its cells. */
final class CellFiles {

    private CellFiles() {}

    /** @param name of the file of an execution with one cell, without its suffix */
    static void delete(Path directory, String name, String suffix) throws IOException {
        Files.deleteIfExists(directory.resolve(name + suffix));
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> cells =
                    Files.newDirectoryStream(directory, name + Scenario.CELL + "*" + suffix)) {
                for (Path cell : cells) {
                    Files.deleteIfExists(cell);
                }
            }
        }
    }
}
