package io.github.ipcharness.maven.run;

import io.github.ipcharness.ipc.history.HistoryReader;
import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.maven.scenario.ReadyWhen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;

/** What shows, from outside, that one process is ready. */
abstract class ReadySign {

    /** @param log the file that gets what the process writes */
    static ReadySign of(ReadyWhen when, String label, Path log, Namespace namespace) throws IOException {
        if (when instanceof ReadyWhen.LogLine line) {
            return new Line(log, line.pattern());
        }
        if (when instanceof ReadyWhen.FileWritten written) {
            return new Written(written.file());
        }
        if (when instanceof ReadyWhen.ObjectOpened opened) {
            return new Opened(namespace.histories(), label, opened.name());
        }
        return new AtOnce();
    }

    /** Whether there is anything to wait for. */
    boolean isWaitedFor() {
        return true;
    }

    /** Looks again. */
    final boolean isSeen() {
        try {
            return look();
        } catch (IOException e) {
            return false; // It is just being made.
        }
    }

    abstract boolean look() throws IOException;

    /** What has not been seen, as the end of a sentence. */
    abstract String missing();

    private static final class AtOnce extends ReadySign {

        @Override
        boolean isWaitedFor() {
            return false;
        }

        @Override
        boolean look() {
            return true;
        }

        @Override
        String missing() {
            return "";
        }
    }

    /** Reads the log on from where it stopped, in whole lines. */
    private static final class Line extends ReadySign {

        private final Path log;
        private final Pattern pattern;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private long position;
        private boolean seen;

        Line(Path log, Pattern pattern) {
            this.log = log;
            this.pattern = pattern;
        }

        @Override
        boolean look() throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(8192);
            try (SeekableByteChannel channel = Files.newByteChannel(log)) {
                channel.position(position);
                while (!seen && channel.read(bytes.clear()) > 0) {
                    position += bytes.flip().remaining();
                    while (!seen && bytes.hasRemaining()) {
                        next(bytes.get());
                    }
                }
            }
            return seen;
        }

        private void next(byte b) {
            if (b != '\n') {
                line.write(b);
                return;
            }
            seen = pattern.matcher(line.toString(ProcessOutput.platform())).find();
            line.reset();
        }

        @Override
        String missing() {
            return "no line that it wrote matches " + pattern;
        }
    }

    /** A file of an earlier run may still be there. */
    private static final class Written extends ReadySign {

        private final Path file;
        private final List<Object> before;

        Written(Path file) throws IOException {
            this.file = file;
            this.before = state();
        }

        private List<Object> state() throws IOException {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return List.of(String.valueOf(now.fileKey()), now.lastModifiedTime(), now.size());
            } catch (NoSuchFileException e) {
                return List.of();
            }
        }

        @Override
        boolean look() throws IOException {
            List<Object> now = state();
            return !now.isEmpty() && !now.equals(before);
        }

        @Override
        String missing() {
            return before.isEmpty() ? "there is no file " + file : "the file " + file + " is still that of before";
        }
    }

    /** The histories say who opened what; the files of the namespace only that somebody did. */
    private static final class Opened extends ReadySign {

        private final Path histories;
        private final String label;
        private final String name;

        Opened(Path histories, String label, String name) {
            this.histories = histories;
            this.label = label;
            this.name = name;
        }

        @Override
        boolean look() throws IOException {
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(histories, label + "*" + HistoryWriter.SUFFIX)) {
                for (Path file : files) {
                    if (hasOpened(HistoryReader.open(file))) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean hasOpened(HistoryReader reader) {
            boolean more = reader.label().equals(label);
            while (more) {
                more = reader.next();
            }
            return reader.objects().stream().anyMatch(object -> name.equals(object.get("name")));
        }

        @Override
        String missing() {
            return "it has opened nothing that is called " + name;
        }
    }
}
