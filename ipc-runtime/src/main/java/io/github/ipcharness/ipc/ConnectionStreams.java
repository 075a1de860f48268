package io.github.ipcharness.ipc;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * The bytes that pass through an end of a pipe as streams: for logs, for whatever writes to an {@link OutputStream}, or
 * reads lines.
 *
 * <pre>{@code
 * Connection<byte[]> end = ipc.pipe("log", Codec.BYTES, End.A);
 * PrintStream log = new PrintStream(ConnectionStreams.output(end), true);
 * }</pre>
 *
 * <p>Nothing is kept back: each {@code write} has been sent when it returns, and what a process wrote before it was killed
 * arrives. So a {@code write} of a single byte is a message of its own: put a {@link java.io.BufferedOutputStream} before
 * it, if that is what comes, and flush it. A stream of bytes has no borders between messages: what is written at once may
 * be read in pieces, and the other way round. A write longer than 16 KiB is sent in pieces of that; a process killed in the
 * middle of it, or a write that throws, has sent the first of them.
 *
 * <p>The input is at its end (-1) once the other end is closed, or its process has died, and all that it sent was read. To
 * write then is an {@link IOException}, as with a broken pipe; to a process that was killed, not before the pipe is full
 * (see {@link Connection}). A thread that is interrupted while it waits, or before, gets an {@link InterruptedIOException},
 * which says how many bytes of the write were sent, and stays interrupted. Closing a stream closes the end, with both
 * directions; a thread that waits in it gets an {@link IOException}, and so does who would send or receive later, also once
 * the {@link Ipc} is closed.
 *
 * <p>Each direction may be used by one thread at a time; the two of them at once.
 */
public final class ConnectionStreams {

    /** A quarter of what the pipe holds: the other side reads the first pieces while the last ones are written. */
    static final int PIECE = 1 << 14;

    private ConnectionStreams() {}

    /**
     * What the other end sends. Whoever also calls {@code receive} takes its bytes away from this stream.
     * {@code available} does not wait for more, and says how much is left of one message.
     *
     * @param end any codec of byte arrays will do
     * @return a stream that keeps what is left of a message until it is read
     */
    public static InputStream input(Connection<byte[]> end) {
        return new Input(Objects.requireNonNull(end, "end"));
    }

    /**
     * What the other end receives. A {@code write} waits for room without limit.
     *
     * @param end any codec of byte arrays will do
     * @return a stream for which {@code flush} does nothing
     */
    public static OutputStream output(Connection<byte[]> end) {
        return new Output(Objects.requireNonNull(end, "end"));
    }

    private static IOException translated(Exception e, int done) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.bytesTransferred = done;
            return interrupted;
        }
        return new IOException(e.getMessage(), e);
    }

    private static final class Input extends InputStream {
        private final Connection<byte[]> end;
        private byte[] piece = new byte[0];
        private int next;

        Input(Connection<byte[]> end) {
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            Objects.checkFromIndexSize(from, length, into.length);
            if (length == 0) {
                return 0;
            }
            // A message of no bytes is no end of the stream.
            while (next == piece.length) {
                if (!receive()) {
                    return -1;
                }
            }
            int count = Math.min(length, piece.length - next);
            System.arraycopy(piece, next, into, from, count);
            next += count;
            return count;
        }

        private boolean receive() throws IOException {
            try {
                take(end.receive());
                return true;
            } catch (EndOfStreamException e) {
                return false;
            } catch (InterruptedException | IpcException | IllegalStateException e) {
                throw translated(e, 0);
            }
        }

        private void take(byte[] received) {
            piece = received;
            next = 0;
        }

        /** What is left of the message that is being read, or the length of the next one, if it is there. */
        @Override
        public int available() throws IOException {
            try {
                byte[] received = next == piece.length ? end.poll() : null;
                if (received != null) {
                    take(received);
                }
                return piece.length - next;
            } catch (IpcException | IllegalStateException e) {
                throw translated(e, 0);
            }
        }

        @Override
        public void close() throws IOException {
            closed(end);
        }
    }

    private static final class Output extends OutputStream {
        private final Connection<byte[]> end;

        Output(Connection<byte[]> end) {
            this.end = end;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            Objects.checkFromIndexSize(from, length, bytes.length);
            int done = 0;
            try {
                while (done < length) {
                    int count = Math.min(PIECE, length - done);
                    end.send(Arrays.copyOfRange(bytes, from + done, from + done + count));
                    done += count;
                }
            } catch (InterruptedException | IpcException | IllegalStateException e) {
                throw translated(e, done);
            }
        }

        @Override
        public void close() throws IOException {
            closed(end);
        }
    }

    private static void closed(Connection<byte[]> end) throws IOException {
        try {
            end.close();
        } catch (IpcException e) {
            throw translated(e, 0);
        }
    }
}
