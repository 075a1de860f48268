package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.maven.plugin.MojoExecutionException;

/**
 * The right to run an execution in a build directory. Two builds of one checkout at once would write their histories into
 * one directory, and be judged as one run: each would be told of messages that it never sent.
 */
final class Turn implements Closeable {

    private final FileChannel channel;

    private Turn(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws MojoExecutionException if another build has it */
    static Turn take(Layout layout, Goal goal, String id) throws IOException, MojoExecutionException {
        if (!Scenario.isName(id)) {
            return new Turn(null); // It will be refused for its name.
        }
        Path file = layout.root().resolve("locks").resolve(Scenario.fileName(goal, id));
        Files.createDirectories(file.getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new MojoExecutionException("another build runs " + goal + " " + id + " in " + layout.root()
                    + " at this moment: two builds at once need a checkout each");
        }
        return new Turn(channel);
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // Another build of this same JVM.
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
