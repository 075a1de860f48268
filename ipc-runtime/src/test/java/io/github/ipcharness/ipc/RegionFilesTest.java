package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that are not what they must be: refused with what was expected and what was found, never followed, never
 * crashed on; and nothing is left open or lying about.
 */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegionFilesTest {

    // Where the header of every region has what.
    private static final int MAGIC = 0;
    private static final int VERSION = 8;
    private static final int ORDER = 12;
    private static final int KIND = 16;
    private static final int READY = 20;
    private static final int SIZE = 24;
    private static final int PARAMETERS = 32;
    private static final int HEADER_BYTES = 128;

    @TempDir(factory = SharedMemory.class)
    Path parent;

    /** Everything that lies in a file. */
    enum Thing {
        QUEUE("queue", (ipc, name) -> ipc.queue(name, Codec.INT, QueueOptions.capacity(4))),
        PIPE("pipe", (ipc, name) -> ipc.pipe(name, Codec.INT, End.A)),
        LONG("long", (ipc, name) -> ipc.sharedLong(name, 1)),
        INT("int", (ipc, name) -> ipc.sharedInt(name, 1)),
        DOUBLE("double", (ipc, name) -> ipc.sharedDouble(name, 1)),
        BOOLEAN("boolean", (ipc, name) -> ipc.sharedBoolean(name, true)),
        VALUE("value", (ipc, name) -> ipc.value(name, Codec.INT, 4)),
        LONG_ARRAY("long array", (ipc, name) -> ipc.longArray(name, 3)),
        INT_ARRAY("int array", (ipc, name) -> ipc.intArray(name, 3)),
        DOUBLE_ARRAY("double array", (ipc, name) -> ipc.doubleArray(name, 3)),
        BYTE_ARRAY("byte array", (ipc, name) -> ipc.byteArray(name, 3)),
        LOCK("lock", Ipc::lock),
        SEMAPHORE("semaphore", (ipc, name) -> ipc.semaphore(name, 3)),
        LATCH("latch", (ipc, name) -> ipc.latch(name, 3)),
        EVENT("event", Ipc::event),
        BARRIER("barrier", (ipc, name) -> ipc.barrier(name, 3)),
        CONDITION("condition", (ipc, name) -> ipc.lock(name).newCondition());

        private final String what;
        private final BiConsumer<Ipc, String> open;

        Thing(String what, BiConsumer<Ipc, String> open) {
            this.what = what;
            this.open = open;
        }

        void open(Ipc ipc) {
            open.accept(ipc, "x");
        }

        String fileName() {
            return what.replace(' ', '_') + "-x";
        }
    }

    private Path home() {
        return parent.resolve("home");
    }

    private Path file(Thing thing) {
        return home().resolve(thing.fileName());
    }

    private Path make(Thing thing) {
        try (Ipc ipc = Ipc.open(home())) {
            thing.open(ipc);
        }
        return file(thing);
    }

    /** Opens the thing, which must be refused with an error that names the file, and leave nothing behind. */
    private AbstractThrowableAssert<?, ?> refused(Thing thing) throws IOException {
        try (Ipc ipc = Ipc.open(home())) {
            Set<String> files = everyFile();
            int open = openFiles(home());
            AbstractThrowableAssert<?, ?> refused = assertThatThrownBy(() -> thing.open(ipc))
                    .as(thing.toString())
                    .isInstanceOf(IpcException.class)
                    .hasMessageContaining(file(thing).toString());
            assertThat(everyFile()).isEqualTo(files);
            assertThat(openFiles(home())).isEqualTo(open);
            return refused;
        }
    }

    private Set<String> everyFile() throws IOException {
        try (Stream<Path> files = Files.walk(home())) {
            return files.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** How many files under this directory this process has open. */
    private static int openFiles(Path under) throws IOException {
        int count = 0;
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            for (Path file : files.toList()) {
                if (Files.exists(file) && Files.readSymbolicLink(file).startsWith(under)) {
                    count++;
                }
            }
        }
        return count;
    }

    private static void patchInt(Path file, long offset, int value) throws IOException {
        patch(
                file,
                offset,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.nativeOrder())
                        .putInt(value)
                        .array());
    }

    private static void patchLong(Path file, long offset, long value) throws IOException {
        patch(
                file,
                offset,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.nativeOrder())
                        .putLong(value)
                        .array());
    }

    private static void patch(Path file, long offset, byte[] bytes) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.seek(offset);
            opened.write(bytes);
        }
    }

    private static void resize(Path file, long size) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(size);
        }
    }

    // ---- what is in the file ----

    @ParameterizedTest
    @EnumSource
    void aFileThatWasCutShortOrGrown(Thing thing) throws Exception {
        Path file = make(thing);
        long size = Files.size(file);
        for (long cut : new long[] {size + 1, size - 1, HEADER_BYTES}) {
            resize(file, cut);
            refused(thing).hasMessageContaining("with " + size + " bytes").hasMessageContaining("has " + cut);
        }
        for (long cut : new long[] {HEADER_BYTES - 1, 1, 0}) {
            resize(file, cut);
            refused(thing).hasMessageContaining("between 128 and").hasMessageContaining("found " + cut);
        }
    }

    @Test
    void aFileThatIsLargerThanAnyRegion() throws Exception {
        resize(make(Thing.LONG), (1L << 40) + 1);
        refused(Thing.LONG).hasMessageContaining("found " + ((1L << 40) + 1));
    }

    @ParameterizedTest
    @EnumSource
    void aFileOfSomethingElse(Thing thing) throws Exception {
        Path file = make(thing);
        patch(file, MAGIC, "somebody".getBytes(StandardCharsets.US_ASCII));
        refused(thing)
                .hasMessageContaining("not a region of this library")
                .hasMessageContaining("magic must be 0x49504348")
                .hasMessageContaining("found 0x");
        patch(file, 0, new byte[(int) Files.size(file)]);
        refused(thing).hasMessageContaining("magic").hasMessageContaining("found 0x0");
    }

    @Test
    void aFileOfAnotherVersion() throws Exception {
        patchInt(make(Thing.QUEUE), VERSION, 1);
        refused(Thing.QUEUE).hasMessageContaining("another version").hasMessageContaining("layout 1, here 3");
    }

    @Test
    void aFileOfAMachineWithTheOtherByteOrder() throws Exception {
        Path file = make(Thing.QUEUE);
        patchInt(file, ORDER, Integer.reverseBytes(0x0102_0304));
        patchLong(file, MAGIC, Long.reverseBytes(0x4950_4348_4152_4E31L));
        patchInt(file, VERSION, Integer.reverseBytes(3));
        refused(Thing.QUEUE).hasMessageContaining("byte order").hasMessageContaining("" + ByteOrder.nativeOrder());
        make(Thing.LONG);
        patchInt(file(Thing.LONG), ORDER, 0x0304_0102);
        refused(Thing.LONG).hasMessageContaining("byte order mark must be 0x1020304, found 0x3040102");
    }

    @ParameterizedTest
    @EnumSource
    void aFileOfAnotherKind(Thing thing) throws Exception {
        Thing other = Thing.values()[(thing.ordinal() + 1) % Thing.values().length];
        Path file = make(thing);
        Files.copy(make(other), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        refused(thing).hasMessageContaining("is not a " + thing.what + " but a " + other.what);
        patchInt(file, KIND, 99);
        refused(thing).hasMessageContaining("unknown kind 99");
    }

    @Test
    void aFileThatWasNeverFinished() throws Exception {
        patchInt(make(Thing.VALUE), READY, 0);
        refused(Thing.VALUE).hasMessageContaining("ready word must be 0x1, found 0x0");
    }

    @Test
    void parametersThatContradictTheSize() throws Exception {
        Path queue = make(Thing.QUEUE);
        patchLong(queue, PARAMETERS, 0);
        refused(Thing.QUEUE).hasMessageContaining("capacity must be from 1 to 134217728, found 0");
        patchLong(queue, PARAMETERS, 4);
        for (long bytes : new long[] {0, -1, 1L << 40}) {
            patchLong(queue, PARAMETERS + 8, bytes);
            refused(Thing.QUEUE)
                    .hasMessageContaining("bytes must be from 1024 to")
                    .hasMessageContaining("found " + bytes);
        }
        patchLong(queue, PARAMETERS + 8, 2048);
        refused(Thing.QUEUE).hasMessageContaining("damaged: its parameters ask for");
        for (Thing thing : Thing.values()) {
            if (thing != Thing.QUEUE) {
                Path file = make(thing);
                long size = Files.size(file);
                resize(file, size + 64);
                patchLong(file, SIZE, size + 64);
                refused(thing).hasMessageContaining("" + size).hasMessageContaining("" + (size + 64));
                Files.delete(file);
            }
        }
    }

    @Test
    void aMessageWhoseLengthIsDamaged() throws Exception {
        byte[] message = "a message that can be found in the file".getBytes(StandardCharsets.US_ASCII);
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 10_000}) {
            try (Ipc ipc = Ipc.open(home())) {
                IpcQueue<byte[]> queue = ipc.queue("damaged" + length, Codec.BYTES);
                queue.put(message);
                Path file = home().resolve("queue-damaged" + length);
                patchInt(file, positionOf(message, file) - 8, length);
                for (Threads.Task task : List.<Threads.Task>of(
                        queue::take, queue::poll, queue::peek, () -> queue.drainTo(new HashSet<>()))) {
                    assertThatThrownBy(task::run)
                            .isInstanceOf(IpcException.class)
                            .hasMessageContaining("damaged: a message of " + (length & 0xFFFF_FFFFL) + " bytes")
                            .hasMessageContaining(file.toString());
                }
            }
        }
    }

    @Test
    void aWideValueWhoseLengthIsDamaged() throws Exception {
        byte[] bytes = "a value that can be found in the file".getBytes(StandardCharsets.US_ASCII);
        try (Ipc ipc = Ipc.open(home())) {
            SharedValue<byte[]> value = ipc.value("v", Codec.BYTES, 100);
            value.set(bytes);
            Path file = home().resolve("value-v");
            long length = positionOf(bytes, file) - 8;
            for (long damage : new long[] {-1, 101, Integer.MAX_VALUE}) {
                patchLong(file, length, damage);
                assertThatThrownBy(value::get)
                        .isInstanceOf(IpcException.class)
                        .hasMessageContaining("damaged: a value of " + damage + " bytes where 100 fit")
                        .hasMessageContaining(file.toString());
            }
            value.set(bytes);
            assertThat(value.get()).isEqualTo(bytes);
        }
    }

    private static long positionOf(byte[] wanted, Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        for (int i = 0; i + wanted.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError("not in " + file);
    }

    // ---- what the file is ----

    @ParameterizedTest
    @EnumSource
    void aLinkIsNotFollowed(Thing thing) throws Exception {
        Path file = make(thing);
        Path elsewhere = Files.move(file, parent.resolve("elsewhere"));
        Files.createSymbolicLink(file, elsewhere);
        refused(thing).hasMessageContaining("regular file (links are not followed)");
        Files.delete(elsewhere);
        refused(thing).hasMessageContaining("regular file (links are not followed)");
        assertThat(elsewhere).as("made through a link").doesNotExist();
    }

    @Test
    void whatIsNoRegularFile() throws Exception {
        make(Thing.LONG);
        Files.createDirectory(file(Thing.QUEUE));
        refused(Thing.QUEUE).hasMessageContaining("regular file");
        assertThat(new ProcessBuilder("mkfifo", file(Thing.LOCK).toString())
                        .start()
                        .waitFor())
                .isZero();
        refused(Thing.LOCK).hasMessageContaining("regular file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-rw-", "rw----r--", "rw-r-----", "rw--w----", "rw------x"})
    void aFileThatOthersMayUse(String permissions) throws Exception {
        Files.setPosixFilePermissions(make(Thing.QUEUE), PosixFilePermissions.fromString(permissions));
        refused(Thing.QUEUE)
                .hasMessageContaining("permissions must be the owner's alone (rw-------)")
                .hasMessageContaining("found " + permissions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "participants", "bells", "participants/numbers"})
    void aNamespaceThatOthersMayUse(String part) throws Exception {
        make(Thing.LONG);
        Files.createDirectories(home().resolve("bells"));
        Path path = home().resolve(part);
        String mode = part.equals("participants/numbers") ? "rw-rw-rw-" : "rwxrwxrwx";
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        if (part.equals("bells")) {
            waitsAndIsWoken();
            return;
        }
        int open = openFiles(home());
        assertThatThrownBy(() -> Ipc.open(home()))
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("permissions must be the owner's alone (" + mode.substring(0, 3) + "------)")
                .hasMessageContaining("found " + mode)
                .hasMessageContaining(path.toString());
        assertThat(openFiles(home())).isEqualTo(open);
        assertThat(home().resolve("participants").toFile().list()).containsExactly("numbers");
    }

    private void waitsAndIsWoken() throws Exception {
        try (Ipc ipc = Ipc.open(home());
                Threads threads = new Threads()) {
            IpcQueue<Integer> queue = ipc.queue("q", Codec.INT);
            var taken = threads.call(queue::take);
            queue.put(1);
            assertThat(Threads.result(taken)).isEqualTo(1);
        }
    }

    /** Opens the long x, or says why it cannot. */
    static void openLong(String[] args) {
        Path home = Path.of(args[0]);
        try (Ipc ipc = Ipc.open(home)) {
            Child.say(Files.isReadable(home.resolve("long-x")) ? "readable" : "unreadable");
            Thing.LONG.open(ipc);
            Child.say("opened");
        } catch (IpcException e) {
            Child.say(e.getMessage());
        }
    }

    @Test
    void aFileThatCannotBeRead() throws Exception {
        Path file = make(Thing.LONG);
        Files.setPosixFilePermissions(file, Set.of());
        // The superuser may read everything, unless it gives that up.
        List<String> launcher = Files.isReadable(file) && Files.isExecutable(Path.of("/usr/bin/setpriv"))
                ? List.of("/usr/bin/setpriv", "--bounding-set", "-all", "--inh-caps", "-all")
                : List.of();
        try (Child child = Child.start(launcher, RegionFilesTest.class, "openLong", home())) {
            assumeFalse(child.line().equals("readable"), "this user may read everything");
            assertThat(child.line()).contains("AccessDenied").contains(file.toString());
            child.awaitEnd();
        }
    }

    @Test
    void aNamespaceThatIsNoDirectory() throws Exception {
        Files.writeString(home(), "a file");
        int open = openFiles(parent);
        assertThatThrownBy(() -> Ipc.open(home()))
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("not a directory")
                .hasMessageContaining(home().toString());
        assertThatThrownBy(() -> Ipc.open(home().resolve("below")))
                .isInstanceOf(IpcException.class)
                .hasMessageContaining(home().resolve("below").toString());
        Files.delete(home());
        Path real = Files.createDirectory(parent.resolve("real"));
        Files.createSymbolicLink(home(), real);
        assertThatThrownBy(() -> Ipc.open(home()))
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("links are not followed")
                .hasMessageContaining(home().toString());
        assertThat(real).isEmptyDirectory();
        assertThat(openFiles(parent)).isEqualTo(open);
        assertThatThrownBy(() -> Ipc.open(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void aNamespaceIsMadeWithItsParentsAndIsPrivate() throws Exception {
        Path deep = parent.resolve("a/b/c");
        try (Ipc ipc = Ipc.open(deep)) {
            for (Thing thing : Thing.values()) {
                thing.open(ipc);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deep.resolve(thing.fileName()))))
                        .isEqualTo("rw-------");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deep)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deep.resolve("participants"))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aNamespaceWhosePathIsTooLongForSocketsWorksWithoutThem() throws Exception {
        Path deep = home().resolve("d".repeat(100)).resolve("e".repeat(100));
        try (Ipc ipc = Ipc.open(deep);
                Threads threads = new Threads()) {
            IpcQueue<Integer> queue = ipc.queue("q", Codec.INT);
            var taken = threads.call(() -> queue.poll(1, TimeUnit.HOURS));
            Thread.yield();
            queue.put(1);
            assertThat(Threads.result(taken)).isEqualTo(1);
            assertThat(deep.resolve("bells")).doesNotExist();
        }
    }

    // ---- names and sizes ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                ".hidden",
                "a/b",
                "/etc/passwd",
                "../up",
                "a b",
                "a\0b",
                "a\n",
                "ä",
                "a+b",
                "a\\b",
                "a:b"
            })
    void aNameThatCannotBe(String name) {
        try (Ipc ipc = Ipc.open(home())) {
            for (Thing thing : Thing.values()) {
                assertThatIllegalArgumentException()
                        .as("%s", thing)
                        .isThrownBy(() -> thing.open.accept(ipc, name))
                        .withMessageContaining("a name has 1 to 100 characters")
                        .withMessageEndingWith("'" + name + "'");
            }
            assertThatIllegalArgumentException().isThrownBy(() -> ipc.recorder(name, Kind.QUEUE));
            assertThat(home().toFile().list()).containsExactly("participants");
        }
        assertThat(parent.toFile().list()).containsExactly("home");
    }

    @ParameterizedTest
    @EnumSource
    void aNameHasAtMost100Characters(Thing thing) {
        try (Ipc ipc = Ipc.open(home())) {
            String longest = "n".repeat(99) + ".";
            thing.open.accept(ipc, longest);
            assertThatIllegalArgumentException().isThrownBy(() -> thing.open.accept(ipc, longest + "n"));
            assertThatThrownBy(() -> thing.open.accept(ipc, null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("name");
        }
    }

    @Test
    void thingsOfOneNameAndDifferentKindsAreDifferentThings() {
        try (Ipc ipc = Ipc.open(home())) {
            for (Thing thing : Thing.values()) {
                thing.open(ipc);
            }
            ipc.sharedLong("array-x", 7);
            assertThat(ipc.longArray("x", 3).get(0)).isZero();
            assertThat(ipc.sharedLong("x", 0).get()).isEqualTo(1);
        }
    }

    @Test
    void sizesThatCannotBe() {
        for (int found : new int[] {0, -1, Integer.MIN_VALUE, (1 << 27) + 1, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> QueueOptions.capacity(found))
                    .withMessage("capacity must be from 1 to 134217728: " + found);
        }
        for (long found : new long[] {1023, 0, -1, Long.MIN_VALUE, (1L << 38) + 1, Long.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> QueueOptions.defaults().withBytes(found))
                    .withMessage("bytes must be from 1024 to 274877906944: " + found);
        }
        for (int found : new int[] {0, -1, 65_537, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> QueueOptions.defaults().withProducers(found))
                    .withMessage("producers must be from 1 to 65536: " + found);
        }
        try (Ipc ipc = Ipc.open(home())) {
            for (int found : new int[] {0, -1, 536_870_001, Integer.MAX_VALUE}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> ipc.value("v", Codec.BYTES, found))
                        .withMessage("maxBytes must be from 1 to 536870000: " + found);
            }
            assertThat(home().toFile().list()).containsExactly("participants");
        }
    }

    @Test
    void whatIsOpenedAgainMustBeAsItWasCreated() {
        try (Ipc ipc = Ipc.open(home());
                Ipc other = Ipc.open(home())) {
            ipc.queue("q", Codec.INT, QueueOptions.capacity(4).withBytes(5000).withProducers(2));
            differs("q", "capacity 4", "5", () -> other.queue("q", Codec.INT, QueueOptions.capacity(5)));
            differs(
                    "q",
                    "bytes 8192",
                    "16384",
                    () -> other.queue("q", Codec.INT, QueueOptions.defaults().withBytes(8193)));
            differs(
                    "q",
                    "producers 2",
                    "3",
                    () -> other.queue("q", Codec.INT, QueueOptions.defaults().withProducers(3)));
            differs("q", "codec INT", "LONG", () -> other.queue("q", Codec.LONG));
            assertThat(other.queue("q", Codec.INT).capacity()).isEqualTo(4);
            assertThat(other.queue("q", Codec.INT, QueueOptions.defaults().withBytes(8192))
                            .capacity())
                    .isEqualTo(4);
            other.queue("q", Codec.of((Integer i) -> new byte[4], bytes -> 1));

            ipc.value("v", Codec.STRING, 100);
            differs("v", "maxBytes 100", "101", () -> other.value("v", Codec.STRING, 101));
            differs("v", "codec STRING", "BYTES", () -> other.value("v", Codec.BYTES, 100));

            ipc.longArray("a", 7);
            differs("a", "length 7", "8", () -> other.longArray("a", 8));
            ipc.intArray("a", 7);
            differs("a", "length 7", "6", () -> other.intArray("a", 6));
            ipc.doubleArray("a", 7);
            differs("a", "length 7", "1", () -> other.doubleArray("a", 1));
            ipc.byteArray("a", 7);
            differs("a", "length 7", "700", () -> other.byteArray("a", 700));

            ipc.semaphore("s", 0);
            differs("s", "permits 0", "1", () -> other.semaphore("s", 1));
            ipc.latch("l", 2);
            differs("l", "count 2", "0", () -> other.latch("l", 0));
            ipc.barrier("b", 2);
            differs("b", "parties 2", "3", () -> other.barrier("b", 3));
        }
    }

    private static void differs(String name, String created, String opened, Threads.Task task) {
        assertThatThrownBy(task::run)
                .isInstanceOf(IpcException.class)
                .hasMessageStartingWith("'" + name + "' was created with " + created + ",")
                .hasMessageEndingWith("is opened with " + opened);
    }

    // ---- what cannot be made ----

    /** Makes what does not fit under the limit, and says what comes of it. */
    static void makeLargeThings(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        try (Ipc ipc = Ipc.open(home)) {
            int open = openFiles(home);
            try {
                ipc.byteArray("large", 10_000_000);
            } catch (IpcException e) {
                Child.say(e.getMessage());
            }
            IpcQueue<byte[]> queue = ipc.queue("q", Codec.BYTES, QueueOptions.capacity(2));
            queue.put(new byte[1]);
            for (Threads.Task task : List.<Threads.Task>of(
                    () -> queue.put(new byte[9_000_000]),
                    () -> queue.offer(new byte[9_000_000]),
                    () -> queue.putAll(List.of(new byte[2], new byte[9_000_000])))) {
                try {
                    task.run();
                } catch (IpcException e) {
                    Child.say(e.getMessage());
                }
            }
            Child.say(queue.size() + " in it, " + (openFiles(home) - open) + " more open");
            Child.say(home.toFile().list().length + " files");
        }
    }

    @Test
    void whatFindsNoRoomIsRefusedAndLeavesNothing() throws Exception {
        try (Child child = Child.startWithSmallFiles(8000, RegionFilesTest.class, "makeLargeThings", home())) {
            assertThat(child.line())
                    .startsWith("cannot map " + home().resolve("byte_array-large") + " (10000128 bytes): ")
                    .containsIgnoringCase("file too large");
            for (int i = 0; i < 3; i++) {
                assertThat(child.line())
                        .startsWith("cannot write a message of 9000000 bytes to " + home())
                        .containsIgnoringCase("file too large");
            }
            child.expect("1 in it, 0 more open").expect("2 files").awaitEnd();
        }
    }

    /** Tries to take part where not even a file's first byte can be written. */
    static void openWithoutRoom(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        for (int i = 0; i < 3; i++) {
            try {
                Ipc.open(home).close();
                Child.say("opened");
            } catch (IpcException e) {
                Child.say(e.getMessage());
            }
            Child.say(openFiles(home));
        }
    }

    @Test
    void whereNothingCanBeWrittenNobodyTakesPart() throws Exception {
        for (boolean first : new boolean[] {true, false}) {
            try (Child child = Child.startWithSmallFiles(0, RegionFilesTest.class, "openWithoutRoom", home())) {
                for (int i = 0; i < 3; i++) {
                    assertThat(child.line())
                            .containsIgnoringCase("file too large")
                            .contains(home().toString());
                    child.expect(0);
                }
                child.awaitEnd();
            }
            assertThat(home().resolve("participants").toFile().list())
                    .as("left behind, first: %s", first)
                    .containsExactlyInAnyOrder(first ? new String[0] : new String[] {"numbers"});
            Ipc.open(home()).close();
        }
    }

    @Test
    void whatAMakerLeftThatWasKilledIsTakenAwayOnceSomebodyComes() throws Exception {
        String dead;
        try (Ipc first = Ipc.open(home())) {
            dead = onlyParticipantOf(first);
        }
        Path left = Files.createFile(home().resolve(".queue-a-1-" + dead + "-123.new"));
        Path filling;
        try (Ipc living = Ipc.open(home())) {
            assertThat(left).doesNotExist();
            filling = Files.createFile(home().resolve(".queue-a-1-" + onlyParticipantOf(living) + "-123.new"));
            Ipc.open(home()).close();
            assertThat(filling).as("its maker lives").exists();
        }
        Ipc.open(home()).close();
        assertThat(filling).doesNotExist();
    }

    private static String onlyParticipantOf(Ipc ipc) throws IOException {
        try (Stream<Path> files = Files.list(ipc.home().resolve("participants"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("numbers"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
