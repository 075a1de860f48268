package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams of bytes over a pipe. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionStreamsTest {

    @TempDir(factory = SharedMemory.class)
    Path home;

    private Ipc here;
    private Ipc there;
    private Connection<byte[]> a;
    private Connection<byte[]> b;
    private final Threads threads = new Threads();

    @BeforeEach
    void open() {
        here = Ipc.open(home);
        there = Ipc.open(home);
        a = here.pipe("p", Codec.BYTES, End.A);
        b = there.pipe("p", Codec.BYTES, End.B);
    }

    @AfterEach
    void close() {
        threads.close();
        here.close();
        there.close();
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void writeInPieces(OutputStream out, byte[] bytes, Random random) throws IOException {
        for (int done = 0; done < bytes.length; ) {
            int count = Math.min(bytes.length - done, random.nextInt(100_000));
            if (count == 1) {
                out.write(bytes[done]);
            } else {
                out.write(bytes, done, count);
            }
            done += count;
        }
        out.close();
    }

    @Test
    void everyByteArrivesInOrderInBothDirectionsAtOnce() throws Exception {
        byte[] there = random(1, 3_000_000);
        byte[] back = random(2, 2_000_000);
        Future<byte[]> atB = threads.call(() -> ConnectionStreams.input(b).readAllBytes());
        Future<?> fromA = threads.run(() -> {
            writeThenAwaitAnswer(there, back);
        });
        OutputStream out = ConnectionStreams.output(b);
        Random random = new Random(4);
        for (int done = 0; done < back.length; ) {
            int count = Math.min(back.length - done, 1 + random.nextInt(50_000));
            out.write(Arrays.copyOfRange(back, done, done + count));
            done += count;
        }
        Threads.result(fromA);
        assertThat(Threads.result(atB)).isEqualTo(there);
    }

    private void writeThenAwaitAnswer(byte[] bytes, byte[] answer) throws Exception {
        InputStream in = ConnectionStreams.input(a);
        Future<byte[]> received = threads.call(() -> in.readNBytes(answer.length));
        OutputStream out = ConnectionStreams.output(a);
        for (int done = 0; done < bytes.length; done += 30_000) {
            out.write(bytes, done, Math.min(30_000, bytes.length - done));
        }
        assertThat(Threads.result(received)).isEqualTo(answer);
        out.close();
    }

    @Test
    void piecesOfEveryLengthArriveAsOneStream() throws Exception {
        byte[] bytes = random(5, 1_000_000);
        threads.run(() -> writeInPieces(ConnectionStreams.output(a), bytes, new Random(6)));
        InputStream in = ConnectionStreams.input(b);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        Random random = new Random(7);
        byte[] into = new byte[20_000];
        while (true) {
            if (random.nextInt(10) == 0) {
                int one = in.read();
                if (one < 0) {
                    break;
                }
                read.write(one);
            } else {
                int from = random.nextInt(5);
                int count = in.read(into, from, random.nextInt(into.length - 5));
                if (count < 0) {
                    break;
                }
                read.write(into, from, count);
            }
        }
        assertThat(read.toByteArray()).isEqualTo(bytes);
        assertThat(in.read()).as("for good").isEqualTo(-1);
        assertThat(in.available()).isZero();
    }

    @Test
    void everyValueOfAByteIsItself() throws Exception {
        OutputStream out = ConnectionStreams.output(a);
        InputStream in = ConnectionStreams.input(b);
        for (int value = 0; value < 256; value++) {
            out.write(value);
            assertThat(in.read()).isEqualTo(value);
        }
    }

    @Test
    void aMessageOfNoBytesIsNoEnd() throws Exception {
        InputStream in = ConnectionStreams.input(b);
        ConnectionStreams.output(a).write(new byte[0]);
        a.send(new byte[0]);
        a.send(new byte[0]);
        a.send(new byte[] {7});
        assertThat(in.read()).isEqualTo(7);
        assertThat(in.read(new byte[0])).isZero();
    }

    @Test
    void whatIsAvailableCanBeReadWithoutWaiting() throws Exception {
        InputStream in = ConnectionStreams.input(b);
        assertThat(in.available()).isZero();
        ConnectionStreams.output(a).write(new byte[5]);
        assertThat(in.available()).isEqualTo(5);
        in.read();
        assertThat(in.available()).isEqualTo(4);
        assertThat(in.readNBytes(4)).hasSize(4);
        assertThat(in.available()).isZero();
    }

    @Test
    void toWriteToWhoIsGoneIsAnIOExceptionThatSaysSo() throws Exception {
        OutputStream out = ConnectionStreams.output(a);
        out.write(1);
        b.close();
        assertThatThrownBy(() -> out.write(1))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("end B of pipe 'p'")
                .hasCauseInstanceOf(PeerClosedException.class);
    }

    @Test
    void closingTheStreamEndsThoseWhoWaitInIt() throws Exception {
        InputStream in = ConnectionStreams.input(a);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                in.read();
            } catch (IOException e) {
                thrown.set(e);
            }
        });
        reader.start();
        Eventually.waitsIn(reader, io.github.ipcharness.ipc.memory.Waiting.class);
        in.close();
        in.close();
        reader.join();
        assertThat(thrown.get()).hasMessageContaining("end A of pipe 'p' is closed");
        assertThatThrownBy(in::read).isInstanceOf(IOException.class);
        assertThatThrownBy(in::available).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ConnectionStreams.output(a).write(1)).isInstanceOf(IOException.class);
        assertThat(ConnectionStreams.input(b).read()).isEqualTo(-1);
    }

    @Test
    void anInterruptIsAnInterruptedIOExceptionThatSaysHowMuchWasWritten() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            try {
                ConnectionStreams.output(a).write(new byte[1_000_000]);
            } catch (IOException e) {
                thrown.set(e);
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        writer.start();
        Eventually.waitsIn(writer, io.github.ipcharness.ipc.memory.Waiting.class);
        writer.interrupt();
        writer.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
        assertThat(interrupted.get()).isTrue();
        int written = ((InterruptedIOException) thrown.get()).bytesTransferred;
        assertThat(written).isPositive().isLessThan(1_000_000).isEqualTo(written / 16384 * 16384);
        a.close();
        assertThat(ConnectionStreams.input(b).readAllBytes()).hasSize(written);
    }

    // ---- real processes ----

    static void logs(String[] args) throws Exception {
        Connection<byte[]> end = Ipc.open(Path.of(args[0])).pipe("log", Codec.BYTES, End.B);
        PrintStream log = new PrintStream(ConnectionStreams.output(end), true, StandardCharsets.UTF_8);
        for (int i = 0; i < 2000; i++) {
            log.println("line " + i + " äöü");
        }
        Child.say("logged");
        Child.hear();
    }

    @Test
    void everyLineOfAProcessThatIsKilledArrives() throws Exception {
        InputStream in = ConnectionStreams.input(here.pipe("log", Codec.BYTES, End.A));
        try (Child child = Child.start(ConnectionStreamsTest.class, "logs", home)) {
            Future<?> killed = threads.run(() -> child.expect("logged").kill());
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (int i = 0; i < 2000; i++) {
                assertThat(lines.readLine()).isEqualTo("line " + i + " äöü");
            }
            assertThat(lines.readLine()).isNull();
            Threads.result(killed);
        }
    }
}
