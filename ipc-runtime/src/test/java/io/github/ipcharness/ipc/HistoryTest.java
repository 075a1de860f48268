package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ipcharness.ipc.history.ClockId;
import io.github.ipcharness.ipc.history.HistoryReader;
import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was recorded can be read, whoever died, and whatever has become of the file. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HistoryTest {

    private static final int HEADER_BYTES = 4096;
    private static final int RECORD_BYTES = 64;
    private static final int TURNS = 500;

    @TempDir(factory = SharedMemory.class)
    Path home;

    private Path histories;
    private final Threads threads = new Threads();

    @BeforeEach
    void askForHistories() throws IOException {
        histories = Files.createDirectory(home.resolve("histories"));
    }

    @AfterEach
    void endThreads() {
        threads.close();
    }

    /** An operation as it was read. */
    private record Op(
            String object,
            Operation operation,
            Outcome outcome,
            long value,
            long expected,
            long found,
            long call,
            long returned,
            int index,
            int thread,
            boolean endB,
            boolean shown,
            boolean texts,
            int sumIn,
            int sumOut) {

        static Op of(HistoryReader reader) {
            return new Op(
                    reader.object().get("name"),
                    reader.operation(),
                    reader.outcome(),
                    reader.value(),
                    reader.expected(),
                    reader.found(),
                    reader.call(),
                    reader.returned(),
                    reader.index(),
                    reader.thread(),
                    reader.isEndB(),
                    reader.isShown(),
                    reader.hasTextValues(),
                    reader.sumIn(),
                    reader.sumOut());
        }
    }

    private static List<Op> read(Path file) throws IOException {
        HistoryReader reader = HistoryReader.open(file);
        List<Op> ops = new ArrayList<>();
        while (reader.next()) {
            ops.add(Op.of(reader));
        }
        return ops;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(histories)) {
            // One that is not begun yet has no name of a history.
            return files.filter(file -> file.toString().endsWith(HistoryWriter.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private Path onlyFile() throws IOException {
        assertThat(files()).hasSize(1);
        return files().get(0);
    }

    // ---- written and read ----

    @Test
    void everyFieldComesBack() throws Exception {
        HistoryWriter writer = HistoryWriter.open(histories, "producer-7", 42);
        int queue = writer.define("queue", "orders", "capacity", "1024");
        int array = writer.define("value", "samples", "type", "long", "initial", "-5");
        long before = System.nanoTime();
        long put = writer.begin(Operation.PUT, queue, HistoryWriter.SHOWN, Long.MIN_VALUE, 17, 0, 0xCAFE);
        writer.end(put, Outcome.OK);
        long cas = writer.begin(Operation.CAS, array, 0, 1, 2, 999, 0);
        writer.end(cas, Outcome.MISS, Long.MAX_VALUE, 0, -1);
        long swap = writer.begin(Operation.WRITE, array, 0, 8, 0, 3, 0);
        writer.endAs(swap, Operation.CAS, Outcome.OK, 7);
        long send = writer.begin(Operation.SEND, queue, HistoryWriter.END_B, 5, 0, 0, 0);
        long after = System.nanoTime();
        List<Op> ops = read(writer.file());
        assertThat(ops)
                .extracting(Op::object, Op::operation, Op::outcome, Op::value, Op::expected, Op::found, Op::index)
                .containsExactly(
                        tuple("orders", Operation.PUT, Outcome.OK, Long.MIN_VALUE, 17L, 0L, 0),
                        tuple("samples", Operation.CAS, Outcome.MISS, 1L, 2L, Long.MAX_VALUE, 999),
                        tuple("samples", Operation.CAS, Outcome.OK, 8L, 7L, 7L, 3),
                        tuple("orders", Operation.SEND, Outcome.PENDING, 5L, 0L, 0L, 0));
        assertThat(ops).extracting(Op::sumIn).containsExactly(0xCAFE, 0, 0, 0);
        assertThat(ops).extracting(Op::sumOut).containsExactly(0, -1, 0, 0);
        assertThat(ops).extracting(Op::endB).containsExactly(false, false, false, true);
        assertThat(ops).extracting(Op::shown).containsExactly(true, false, false, false);
        assertThat(ops).extracting(Op::thread).containsOnly((int)
                Thread.currentThread().getId());
        assertThat(ops).allMatch(op -> before <= op.call() && op.call() <= after);
        assertThat(ops.subList(0, 3)).allMatch(op -> op.call() <= op.returned() && op.returned() <= after);
        assertThat(ops.get(3).returned()).as("pending").isEqualTo(Long.MAX_VALUE);

        HistoryReader reader = HistoryReader.open(writer.file());
        assertThat(reader.next()).isTrue();
        assertThat(reader.object())
                .containsExactly(
                        Map.entry("kind", "queue"), Map.entry("name", "orders"), Map.entry("capacity", "1024"));
        assertThat(reader.objectNumber()).isEqualTo(queue);
        assertThat(send).isGreaterThan(put);
        writer.close();
    }

    @Test
    void theHeaderSaysWhoWroteIt() throws Exception {
        long millis = System.currentTimeMillis();
        long nanos = System.nanoTime();
        HistoryWriter writer = HistoryWriter.open(histories, "producer-7", 42);
        HistoryReader reader = HistoryReader.open(writer.file());
        assertThat(reader.label()).isEqualTo("producer-7");
        assertThat(reader.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(reader.participant()).isEqualTo(42);
        assertThat(reader.clock()).isEqualTo(ClockId.own());
        assertThat(reader.startMillis()).isBetween(millis, System.currentTimeMillis());
        assertThat(reader.startNanos()).isBetween(nanos, System.nanoTime());
        assertThat(reader.isClosed()).isFalse();
        assertThat(reader.next()).isFalse();
        writer.close();
        assertThat(reader.isClosed()).isTrue();
        assertThat(writer.file()).hasFileName("producer-7-42.history");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/../b", "prodücer ü", "line\nline"})
    void aLabelOfAnyKindIsKeptAndMakesAFileName(String label) throws Exception {
        HistoryWriter writer = HistoryWriter.open(histories, label, 1);
        writer.close();
        assertThat(HistoryReader.open(onlyFile()).label()).isEqualTo(label);
        assertThat(onlyFile().getFileName().toString()).matches("[A-Za-z0-9._-]*-1\\.history");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ä", "€", "\uD83D\uDE00"})
    void aLabelThatIsTooLongIsCutBetweenCharacters(String character) throws Exception {
        String label = "a" + character.repeat(1000);
        HistoryWriter.open(histories, label, 1).close();
        String kept = HistoryReader.open(onlyFile()).label();
        assertThat(label).startsWith(kept);
        assertThat(kept.length()).isGreaterThan(30);
    }

    @Test
    void textsOfEveryLengthComeBack() throws Exception {
        HistoryWriter writer = HistoryWriter.open(histories, "w", 1);
        int object = writer.define("queue", "q");
        List<String> texts = new ArrayList<>();
        for (int length : new int[] {0, 1, 55, 56, 57, 111, 112, 113, 1000, 3_000_000}) {
            texts.add("t".repeat(length));
        }
        texts.add("äöü€\uD83D\uDE00\n=\0".repeat(20));
        for (String text : texts) {
            writer.end(
                    writer.begin(Operation.PUT, object, HistoryWriter.TEXT_VALUES, writer.text(text), 0, 0, 0),
                    Outcome.OK);
        }
        writer.close();
        HistoryReader reader = HistoryReader.open(writer.file());
        for (String text : texts) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.hasTextValues()).isTrue();
            assertThat(reader.text(reader.value())).isEqualTo(text);
        }
        assertThat(reader.next()).isFalse();
    }

    @Test
    void manyThreadsWriteOneFileThatGrows() throws Exception {
        HistoryWriter writer = HistoryWriter.open(histories, "w", 1);
        int writers = 4;
        int each = 15_000;
        List<Future<?>> writing = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int number = i;
            writing.add(threads.run(() -> {
                int object = writer.define("value", "v" + number);
                for (int j = 0; j < each; j++) {
                    long text = j % 100 == 0 ? writer.text("text ".repeat(j % 37) + j) : 0;
                    long record = writer.begin(Operation.ADD, object, 0, j, text, 0, 0);
                    writer.end(record, Outcome.OK, -j, 0, 0);
                }
            }));
        }
        for (Future<?> future : writing) {
            Threads.result(future);
        }
        writer.close();
        assertThat(Files.size(writer.file())).isGreaterThan((long) writers * each * RECORD_BYTES);
        HistoryReader reader = HistoryReader.open(writer.file());
        Map<String, Long> next = new HashMap<>();
        Map<String, Long> lastReturn = new HashMap<>();
        while (reader.next()) {
            String name = reader.object().get("name");
            long value = next.merge(name, 1L, Long::sum) - 1;
            assertThat(reader.value()).isEqualTo(value);
            assertThat(reader.found()).isEqualTo(-value);
            assertThat(reader.call())
                    .as("one after the other")
                    .isGreaterThanOrEqualTo(lastReturn.getOrDefault(name, Long.MIN_VALUE));
            assertThat(reader.returned()).isGreaterThanOrEqualTo(reader.call());
            lastReturn.put(name, reader.returned());
            if (reader.expected() != 0) {
                assertThat(reader.text(reader.expected())).isEqualTo("text ".repeat((int) value % 37) + value);
            }
        }
        assertThat(next.values()).hasSize(writers).containsOnly((long) each);
    }

    @Test
    void aHistoryLargerThanTheReaderMapsAtOnceIsReadWhole() throws Exception {
        HistoryWriter writer = HistoryWriter.open(histories, "w", 1);
        int object = writer.define("value", "v");
        int count = 1_050_000;
        String text = "x".repeat(10_000);
        long textNumber = 0;
        for (int i = 0; i < count; i++) {
            if (i == 1_048_500) {
                // Across the border of 64 MiB.
                textNumber = writer.text(text);
            }
            writer.end(writer.begin(Operation.WRITE, object, 0, i, 0, 0, 0), Outcome.OK);
        }
        writer.close();
        HistoryReader reader = HistoryReader.open(writer.file());
        for (int i = 0; i < count; i++) {
            if (!reader.next() || reader.value() != i) {
                throw new AssertionError("write " + i + " is missing");
            }
        }
        assertThat(reader.next()).isFalse();
        assertThat(reader.text(textNumber)).isEqualTo(text);
        Files.delete(writer.file());
    }

    // ---- what a participant records ----

    @Test
    void aMessageHasOneNameOnBothSides() throws Exception {
        try (Ipc here = Ipc.open(home);
                Ipc there = Ipc.open(home)) {
            IpcQueue<Integer> in = here.queue("q", Codec.INT, QueueOptions.capacity(2));
            IpcQueue<Integer> out = there.queue("q", Codec.INT);
            in.put(5);
            in.put(6);
            assertThat(in.offer(7)).isFalse();
            assertThat(out.take()).isEqualTo(5);
            assertThat(out.poll()).isEqualTo(6);
            assertThat(out.poll()).isNull();
        }
        List<Op> puts = read(files().get(0));
        List<Op> gets = read(files().get(1));
        assertThat(puts)
                .extracting(Op::operation, Op::outcome, Op::expected, Op::shown)
                .containsExactly(
                        tuple(Operation.PUT, Outcome.OK, 5L, true),
                        tuple(Operation.PUT, Outcome.OK, 6L, true),
                        tuple(Operation.PUT, Outcome.FULL, 7L, true));
        assertThat(gets)
                .extracting(Op::operation, Op::outcome)
                .containsExactly(
                        tuple(Operation.GET, Outcome.OK),
                        tuple(Operation.GET, Outcome.OK),
                        tuple(Operation.GET, Outcome.EMPTY));
        for (int i = 0; i < 2; i++) {
            assertThat(gets.get(i).found()).isEqualTo(puts.get(i).value());
            assertThat(gets.get(i).expected()).isEqualTo(puts.get(i).expected());
            assertThat(gets.get(i).sumOut()).isEqualTo(puts.get(i).sumIn()).isNotZero();
            assertThat(puts.get(i).returned()).isLessThanOrEqualTo(gets.get(i).call());
        }
        assertThat(puts).extracting(Op::value).doesNotHaveDuplicates();
    }

    @Test
    void aCodecThatChangesWhatItDecodesIsNoTornMessage() throws Exception {
        Codec<byte[]> wiping = Codec.of(bytes -> bytes, bytes -> {
            byte[] copy = bytes.clone();
            Arrays.fill(bytes, (byte) 0);
            return copy;
        });
        try (Ipc ipc = Ipc.open(home)) {
            IpcQueue<byte[]> queue = ipc.queue("q", wiping);
            byte[] secret = "not for everybody's eyes".getBytes(StandardCharsets.UTF_8);
            queue.put(secret);
            assertThat(queue.take()).isEqualTo(secret);
        }
        List<Op> ops = read(onlyFile());
        assertThat(ops.get(1).sumOut()).isEqualTo(ops.get(0).sumIn()).isNotZero();
    }

    @Test
    void lookingAtAValueAsTextIsNotRecorded() throws Exception {
        try (Ipc ipc = Ipc.open(home)) {
            assertThat(ipc.sharedLong("n", 7)).hasToString("7");
        }
        assertThat(read(onlyFile())).isEmpty();
    }

    @Test
    void whatWasOfferedOftenAndSeenOftenTakesLittleRoom() throws Exception {
        try (Ipc ipc = Ipc.open(home)) {
            SharedLong number = ipc.sharedLong("n", 3);
            IpcQueue<Integer> queue = ipc.queue("q", Codec.INT);
            for (int i = 0; i < 1000; i++) {
                number.get();
            }
            number.set(4);
            for (int i = 0; i < 1000; i++) {
                number.get();
                queue.poll();
            }
        }
        List<Op> ops = read(onlyFile());
        assertThat(ops.stream().filter(op -> op.operation() == Operation.READ && op.found() == 3))
                .hasSize(2);
        Op write = ops.stream()
                .filter(op -> op.operation() == Operation.WRITE)
                .findFirst()
                .orElseThrow();
        List<Op> after = ops.stream()
                .filter(op -> op.operation() == Operation.READ && op.found() == 4)
                .toList();
        assertThat(after).hasSize(2).allMatch(op -> op.call() >= write.returned());
        assertThat(ops.stream().filter(op -> op.operation() == Operation.GET)).hasSize(2);
    }

    @Test
    void eachKindOfThingIsRecordedAsWhatItIs() throws Exception {
        try (Ipc ipc = Ipc.open(home)) {
            SharedLock lock = ipc.lock("l");
            lock.lock();
            lock.lock();
            lock.unlock();
            assertThat(threads.call(() -> lock.tryLock()).get()).isFalse();
            lock.unlock();
            SharedInt number = ipc.sharedInt("i", -3);
            number.getAndAdd(-2);
            number.compareAndSet(0, 1);
            number.getAndSet(9);
            ipc.longArray("a", 10).set(7, 70);
            SharedValue<String> value = ipc.value("v", Codec.STRING, 10);
            value.set("x");
            value.get();
            try (Connection<String> left = ipc.pipe("p", Codec.STRING, End.A);
                    Connection<String> right = ipc.pipe("p", Codec.STRING, End.B)) {
                right.send("y");
                left.receive();
            }
            ipc.byteArray("b", 10).set(1, (byte) 1);
        }
        assertThat(read(onlyFile()))
                .extracting(Op::object, Op::operation, Op::outcome, Op::endB)
                .containsExactly(
                        tuple("l", Operation.LOCK, Outcome.OK, false),
                        tuple("l", Operation.UNLOCK, Outcome.OK, false),
                        tuple("i", Operation.ADD, Outcome.OK, false),
                        tuple("i", Operation.CAS, Outcome.MISS, false),
                        tuple("i", Operation.CAS, Outcome.OK, false),
                        tuple("a", Operation.WRITE, Outcome.OK, false),
                        tuple("v", Operation.WRITE, Outcome.OK, false),
                        tuple("v", Operation.READ, Outcome.OK, false),
                        tuple("p", Operation.SEND, Outcome.OK, true),
                        tuple("p", Operation.RECEIVE, Outcome.OK, false),
                        tuple("p", Operation.CLOSE, Outcome.OK, true),
                        tuple("p", Operation.CLOSE, Outcome.OK, false));
        HistoryReader reader = HistoryReader.open(onlyFile());
        Map<String, Map<String, String>> objects = new HashMap<>();
        while (reader.next()) {
            objects.put(reader.object().get("name"), reader.object());
        }
        assertThat(objects.get("i"))
                .containsEntry("kind", "value")
                .containsEntry("type", "int")
                .containsEntry("initial", "-3");
        assertThat(objects.get("l")).containsEntry("kind", "lock");
        assertThat(objects.get("p")).containsEntry("kind", "pipe");
    }

    /** Adds one to the number when it is this process's turn. */
    static void takeTurns(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open(Path.of(args[0]))) {
            takeTurns(ipc, Integer.parseInt(args[1]));
        }
    }

    private static void takeTurns(Ipc ipc, int turn) throws InterruptedException {
        SharedLong number = ipc.sharedLong("n", 0);
        for (long seen = number.get(); seen < TURNS; seen = number.awaitChange(seen, Duration.ofHours(1))) {
            if (seen % 2 == turn) {
                number.incrementAndGet();
            }
        }
    }

    @Test
    void whatHappenedAfterAnotherWasNotRecordedAsBefore() throws Exception {
        try (Child child = Child.start(HistoryTest.class, "takeTurns", home, 1);
                Ipc ipc = Ipc.open(home)) {
            takeTurns(ipc, 0);
            child.awaitEnd();
        }
        List<Op> adds = new ArrayList<>();
        for (Path file : files()) {
            read(file).stream().filter(op -> op.operation() == Operation.ADD).forEach(adds::add);
        }
        adds.sort(Comparator.comparing(Op::found));
        assertThat(adds.size()).isEqualTo(TURNS);
        for (int i = 0; i + 1 < adds.size(); i++) {
            assertThat(adds.get(i).found()).isEqualTo(i);
            assertThat(adds.get(i).call())
                    .as("each is seen before the next one begins")
                    .isLessThanOrEqualTo(adds.get(i + 1).call());
        }
    }

    // ---- killed ----

    /** Puts one message that finds room and one that does not. */
    static void putTwo(String[] args) throws Exception {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        IpcQueue<Integer> queue = ipc.queue("q", Codec.INT, QueueOptions.capacity(1));
        queue.put(1);
        queue.put(2);
    }

    @Test
    void anOperationInWhichAProcessIsKilledIsPending() throws Exception {
        try (Child child = Child.start(HistoryTest.class, "putTwo", home)) {
            // Read while it is being written.
            Eventually.becomesTrue(
                    "both are there",
                    () -> !files().isEmpty() && readIfFinished(onlyFile()).size() == 2);
            child.kill();
        }
        HistoryReader reader = HistoryReader.open(onlyFile());
        assertThat(reader.isClosed()).isFalse();
        assertThat(read(onlyFile()))
                .extracting(Op::operation, Op::outcome, Op::expected)
                .containsExactly(tuple(Operation.PUT, Outcome.OK, 1L), tuple(Operation.PUT, Outcome.PENDING, 2L));
    }

    private static List<Op> readIfFinished(Path file) {
        try {
            return read(file);
        } catch (IOException e) {
            // Its header is not there yet.
            return List.of();
        }
    }

    /** Adds one to a number for ever, and says so now and then. */
    static void count(String[] args) {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        SharedLong number = ipc.sharedLong("n", 0);
        while (true) {
            long count = number.incrementAndGet();
            if (count % 1000 == 0) {
                Child.say(count);
            }
        }
    }

    @Test
    void whatAKilledProcessDidIsInItsHistoryWhenever() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 3; round++) {
            try (Child child = Child.start(HistoryTest.class, "count", home)) {
                child.line();
                // It goes on: 1,024 records make a block, and it may be killed while one block follows another.
                TimeUnit.NANOSECONDS.sleep(random.nextInt(30_000_000));
                child.kill();
            }
            List<Op> ops = read(onlyFile());
            long counted;
            Files.move(onlyFile(), home.resolve("read" + round));
            try (Ipc ipc = Ipc.open(home)) {
                counted = ipc.sharedLong("n", 0).getAndSet(0);
            }
            Files.delete(onlyFile());
            for (int i = 0; i < ops.size(); i++) {
                Op op = ops.get(i);
                if (op.outcome() == Outcome.PENDING) {
                    assertThat(i)
                            .as("only the last may be pending, seed %d", seed)
                            .isEqualTo(ops.size() - 1);
                } else {
                    assertThat(op.found()).as("seed %d", seed).isEqualTo(i);
                }
            }
            long done = ops.stream().filter(op -> op.outcome() == Outcome.OK).count();
            assertThat(counted).as("nothing unrecorded, seed %d", seed).isBetween(done, (long) ops.size());
        }
    }

    // ---- no room ----

    /** Uses everything until nothing more can be recorded; then what must work all the same. */
    static void fill(String[] args) throws Exception {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        SharedLong number = ipc.sharedLong("n", 0);
        SharedLock lock = ipc.lock("l");
        Connection<String> end = ipc.pipe("p", Codec.STRING, End.A);
        IpcQueue<Integer> queue = ipc.queue("q", Codec.INT);
        lock.lock();
        long count = 0;
        try {
            while (true) {
                number.incrementAndGet();
                count++;
            }
        } catch (IpcException e) {
            Child.say(e.getMessage());
        }
        Child.say(count);
        for (Threads.Task task : List.<Threads.Task>of(
                lock::unlock, end::close, () -> queue.put(1), () -> queue.putAll(List.of(1, 2)))) {
            try {
                task.run();
                Child.say("recorded");
            } catch (IpcException e) {
                Child.say("cannot record");
            }
        }
        Child.say(lock.isHeldByCurrentThread());
        Child.hear();
    }

    @Test
    void aFullDiskEndsTheRecordingWithTheReasonAndBeforeTheOperation() throws Exception {
        try (Child child = Child.startWithSmallFiles(3000, HistoryTest.class, "fill", home)) {
            String message = child.line();
            Path file = onlyFile();
            assertThat(message).startsWith("cannot record any more to " + file).containsIgnoringCase("file too large");
            long count = Long.parseLong(child.line());
            for (int i = 0; i < 4; i++) {
                child.expect("cannot record");
            }
            child.expect(false);
            assertThat(read(file).stream().filter(op -> op.operation() == Operation.ADD))
                    .hasSize((int) count);
            try (Ipc ipc = Ipc.open(home)) {
                assertThat(ipc.sharedLong("n", 0).get()).isEqualTo(count);
                assertThat(ipc.queue("q", Codec.INT))
                        .as("what could not be recorded did not begin")
                        .isEmpty();
                assertThat(ipc.lock("l").acquire())
                        .as("it was given back all the same")
                        .isEqualTo(Acquired.FREE);
                Connection<String> right = ipc.pipe("p", Codec.STRING, End.B);
                assertThatThrownBy(right::receive).isInstanceOf(EndOfStreamException.class);
            }
            child.tell();
            child.awaitEnd();
        }
    }

    /** Tries to open where there is room for everything but a history. */
    static void openThrice(String[] args) throws Exception {
        for (int i = 0; i < 3; i++) {
            try {
                Ipc.open(Path.of(args[0])).close();
                Child.say("opened");
            } catch (IpcException e) {
                Child.say(e.getMessage());
            }
        }
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            Child.say(files.filter(file -> {
                        try {
                            return Files.readSymbolicLink(file).toString().contains("history");
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count());
        }
    }

    @Test
    void aHistoryThatFindsNoRoomToBeginLeavesNothing() throws Exception {
        try (Child child = Child.startWithSmallFiles(60, HistoryTest.class, "openThrice", home)) {
            for (int i = 0; i < 3; i++) {
                assertThat(child.line())
                        .startsWith("cannot record to " + histories)
                        .containsIgnoringCase("file too large");
            }
            child.expect(0).awaitEnd();
        }
        assertThat(histories).isEmptyDirectory();
        assertThat(home.resolve("participants").toFile().list()).containsExactly("numbers");
    }

    // ---- damaged ----

    /** A small history of one of everything. */
    private Path written() {
        HistoryWriter writer = HistoryWriter.open(histories, "w", 1);
        int object = writer.define("queue", "q", "note", "n".repeat(200));
        for (int i = 0; i < 10; i++) {
            long text = writer.text("text ".repeat(i * 5));
            writer.end(writer.begin(Operation.PUT, object, HistoryWriter.TEXT_VALUES, text, 0, 0, 0), Outcome.OK);
        }
        writer.close();
        return writer.file();
    }

    @Test
    void aHistoryCutAtAnyPlaceGivesWhatIsBeforeTheCutOrSaysThatItIsDamaged() throws Exception {
        Path file = written();
        List<Op> all = read(file);
        int cuts = 0;
        for (long size = recordFrom(50); size >= 0; size -= size > recordFrom(30) ? 1 : 7) {
            cut(file, size);
            List<Op> found = new ArrayList<>();
            try {
                HistoryReader reader = HistoryReader.open(file);
                while (reader.next()) {
                    found.add(Op.of(reader));
                    reader.text(reader.value());
                }
                cuts++;
            } catch (IOException e) {
                assertThat(size).isLessThan(HEADER_BYTES);
                assertThat(e)
                        .hasMessageContaining("at least 4096 bytes, found " + size)
                        .hasMessageContaining(file.toString());
            } catch (UncheckedIOException e) {
                assertThat(e)
                        .hasMessageContaining("damaged history: record ")
                        .hasMessageContaining("longer than the file")
                        .hasMessageContaining(file.toString());
            }
            assertThat(found).isEqualTo(all.subList(0, found.size()));
        }
        assertThat(cuts).as("cut in nobody's text").isGreaterThan(100);
    }

    /** Where in the file a record of the first block is, as long as no other block was needed. */
    private static long recordFrom(long record) {
        return HEADER_BYTES + record * RECORD_BYTES;
    }

    private static void cut(Path file, long size) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(size);
        }
    }

    @Test
    void aFileThatIsNoHistoryIsRefused() throws Exception {
        refusedHeader(0, 0x1122_3344_5566_7788L, "magic must be 0x4950434849535431, found 0x1122334455667788");
        refusedHeader(0, 0, "magic must be 0x4950434849535431, found 0x0");
        refusedHeader(0, Long.reverseBytes(0x4950_4348_4953_5431L), "magic must be");
        refusedHeader(8, 0x0102_0304_0000_0001L, "version must be 0x2, found 0x1");
        refusedHeader(8, 0x0403_0201_0000_0002L, "byte order mark must be 0x1020304, found 0x4030201");
        assertThatThrownBy(() -> HistoryReader.open(home.resolve("nowhere"))).isInstanceOf(IOException.class);
    }

    private void refusedHeader(int offset, long word, String why) throws IOException {
        Path file = written();
        if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN && offset == 8) {
            word = Long.rotateRight(word, 32);
        }
        patch(file, offset, word);
        assertThatThrownBy(() -> HistoryReader.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(file.toString());
        Files.delete(file);
    }

    private static void patch(Path file, long offset, long word) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.seek(offset);
            opened.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.nativeOrder())
                    .putLong(word)
                    .array());
        }
    }

    @Test
    void aRecordThatNoWriterWroteIsAnErrorThatNamesIt() throws Exception {
        HistoryWriter writer = HistoryWriter.open(histories, "w", 1);
        int object = writer.define("queue", "q");
        long record = writer.begin(Operation.PUT, object, 0, 0, 0, 0, 0);
        writer.close();
        Path file = writer.file();
        long good = 2 | 1 << 8 | 1 << 16 | (long) object << 32;
        Map<Long, String> damages = new HashMap<>();
        damages.put(good + 75, "no record is of state 77");
        damages.put(good | 99 << 8, "no operation has number 99");
        damages.put(good & ~0xFF00L, "no operation has number 0");
        damages.put(good | 99 << 16, "no outcome has number 99");
        damages.put(good + (1L << 32), "object " + (object + 1) + " was never defined");
        damages.put(3 | 2 << 8 | Integer.MAX_VALUE * (1L << 32), "longer than the file");
        damages.put(3 | 2 << 8 | -1L << 32, "longer than the file");
        for (Map.Entry<Long, String> damage : damages.entrySet()) {
            patch(file, recordFrom(record), damage.getKey());
            assertThatThrownBy(() -> read(file))
                    .as(damage.getValue())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("record " + record + ": ")
                    .hasMessageContaining(damage.getValue())
                    .hasMessageContaining(file.toString());
        }
        patch(file, recordFrom(record), good);
        HistoryReader reader = HistoryReader.open(file);
        assertThat(reader.next()).isTrue();
        for (long number : new long[] {-1, 0, 1 << 20, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> reader.text(number))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("no text of number " + number);
        }
    }

    @Test
    void randomDamageNeverDoesMoreThanSayThatItIsDamage() throws Exception {
        byte[] good = Files.readAllBytes(written());
        Path file = home.resolve("damaged.history");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int length = (int) recordFrom(60);
        for (int round = 0; round < 500; round++) {
            byte[] bad = Arrays.copyOf(good, length);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bad[random.nextInt(length)] = (byte) random.nextInt();
            }
            Files.write(file, bad);
            try {
                HistoryReader reader = HistoryReader.open(file);
                reader.label();
                reader.clock();
                while (reader.next()) {
                    Op.of(reader);
                    if (reader.hasTextValues()) {
                        reader.text(reader.value());
                    }
                }
            } catch (IOException | UncheckedIOException e) {
                assertThat(e.getMessage()).as("seed %d", seed).containsAnyOf("not a history", "damaged history");
            }
        }
    }

    // ---- a transport of the user's own ----

    @Test
    void aRecorderRecordsWhatTheUserSays() throws Exception {
        try (Ipc ipc = Ipc.open(home);
                Recorder queue = ipc.recorder("mine", Kind.QUEUE);
                Recorder pipe = ipc.recorder("pipe", Kind.PIPE);
                Recorder value = ipc.recorder("value", Kind.VALUE);
                Recorder lock = ipc.recorder("lock", Kind.LOCK)) {
            queue.put(17).ok();
            queue.put(18).full();
            queue.get().ok(17);
            queue.get().empty();
            queue.get().noEffect();
            queue.put(19);
            pipe.send(End.B, 1).ok();
            pipe.receive(End.A).closed();
            pipe.close(End.B).ok();
            value.cas(1, 2).miss();
            value.add(5).ok(2);
            value.write(7).ok();
            value.read().ok(7);
            lock.lock().recovered();
            lock.unlock().ok();
            assertThat(queue.name()).isEqualTo("mine");
            assertThat(queue.kind()).isEqualTo(Kind.QUEUE);
        }
        assertThat(read(onlyFile()))
                .extracting(Op::object, Op::operation, Op::outcome, Op::value, Op::expected, Op::found, Op::endB)
                .containsExactly(
                        tuple("mine", Operation.PUT, Outcome.OK, 17L, 0L, 0L, false),
                        tuple("mine", Operation.PUT, Outcome.FULL, 18L, 0L, 0L, false),
                        tuple("mine", Operation.GET, Outcome.OK, 0L, 0L, 17L, false),
                        tuple("mine", Operation.GET, Outcome.EMPTY, 0L, 0L, 0L, false),
                        tuple("mine", Operation.GET, Outcome.NO_EFFECT, 0L, 0L, 0L, false),
                        tuple("mine", Operation.PUT, Outcome.PENDING, 19L, 0L, 0L, false),
                        tuple("pipe", Operation.SEND, Outcome.OK, 1L, 0L, 0L, true),
                        tuple("pipe", Operation.RECEIVE, Outcome.CLOSED, 0L, 0L, 0L, false),
                        tuple("pipe", Operation.CLOSE, Outcome.OK, 0L, 0L, 0L, true),
                        tuple("value", Operation.CAS, Outcome.MISS, 2L, 1L, 0L, false),
                        tuple("value", Operation.ADD, Outcome.OK, 5L, 0L, 2L, false),
                        tuple("value", Operation.WRITE, Outcome.OK, 7L, 0L, 0L, false),
                        tuple("value", Operation.READ, Outcome.OK, 0L, 0L, 7L, false),
                        tuple("lock", Operation.LOCK, Outcome.RECOVERED, 0L, 0L, 0L, false),
                        tuple("lock", Operation.UNLOCK, Outcome.OK, 0L, 0L, 0L, false));
    }

    @Test
    void aRecorderKeepsTexts() throws Exception {
        try (Ipc ipc = Ipc.open(home);
                Recorder queue = ipc.recorder("mine", Kind.QUEUE);
                Recorder pipe = ipc.recorder("pipe", Kind.PIPE);
                Recorder value = ipc.recorder("value", Kind.VALUE)) {
            queue.put("one").ok();
            queue.get().ok("one");
            pipe.send(End.A, "two").ok();
            value.write("three").ok();
            value.cas("three", "four").ok();
            assertThatThrownBy(() -> queue.put(null)).isInstanceOf(NullPointerException.class);
        }
        HistoryReader reader = HistoryReader.open(onlyFile());
        List<String> values = new ArrayList<>();
        while (reader.next()) {
            assertThat(reader.hasTextValues()).isTrue();
            values.add(reader.text(reader.operation() == Operation.GET ? reader.found() : reader.value()));
            if (reader.operation() == Operation.CAS) {
                values.add(reader.text(reader.expected()));
            }
        }
        assertThat(values).containsExactly("one", "one", "two", "three", "four", "three");
    }

    @Test
    void aRecorderOfOneKindRefusesTheOperationsOfAnother() throws Exception {
        for (Path namespace : List.of(home, home.resolve("outside"))) {
            try (Ipc ipc = Ipc.open(namespace);
                    Recorder queue = ipc.recorder("mine", Kind.QUEUE);
                    Recorder lock = ipc.recorder("lock", Kind.LOCK)) {
                assertThat(ipc.isRecording()).isEqualTo(namespace.equals(home));
                assertThatIllegalStateException()
                        .isThrownBy(queue::read)
                        .withMessageContaining("'mine' is of kind queue")
                        .withMessageContaining("read of a value");
                assertThatIllegalStateException().isThrownBy(() -> queue.send(End.A, 1));
                assertThatIllegalStateException().isThrownBy(() -> lock.put("x"));
                assertThatIllegalStateException().isThrownBy(queue::lock);
                queue.put("x").ok();
                lock.lock().ok();
                assertThatThrownBy(() -> ipc.recorder("x", null)).isInstanceOf(NullPointerException.class);
                try (Recorder pipe = ipc.recorder("pipe", Kind.PIPE)) {
                    assertThatThrownBy(() -> pipe.send(null, 1)).hasMessage("end");
                    assertThatThrownBy(() -> pipe.receive(null)).isInstanceOf(NullPointerException.class);
                    assertThatThrownBy(() -> pipe.close(null)).isInstanceOf(NullPointerException.class);
                }
            }
        }
    }
}
