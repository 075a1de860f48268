package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.ipc.command.Main;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar ipc-runtime.jar}, in a JVM of its own. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandTest {

    @TempDir(factory = SharedMemory.class)
    Path directory;

    private record Result(int code, String out, String err) {
        /** The line that begins so, its columns one space apart. */
        String line(String begin) {
            return out.lines()
                    .map(line -> line.strip().replaceAll(" +", " "))
                    .filter(line -> line.startsWith(begin))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no line begins with '" + begin + "': " + out + err));
        }
    }

    /** What is run: the classes, or the jar if there is one. */
    static Path where() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private Result ipc(Object... args) throws Exception {
        return ipc(List.of(), args);
    }

    private Result ipc(List<String> jvmArgs, Object... args) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(jvmArgs);
        if (where().toString().endsWith(".jar")) {
            command.addAll(List.of("-jar", where().toString()));
        } else {
            command.addAll(List.of("-cp", where().toString(), Main.class.getName()));
        }
        for (Object arg : args) {
            command.add(arg.toString());
        }
        Path out = Files.createTempFile("ipc-command-", ".out");
        Path err = Files.createTempFile("ipc-command-", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().remove("IPC_HOME");
            Process process = builder.start();
            try {
                assertThat(process.waitFor(Child.LIMIT_SECONDS, TimeUnit.SECONDS))
                        .isTrue();
                return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private Path namespace(String name) {
        return directory.resolve(name);
    }

    // ---- wrong usage ----

    @Test
    void wrongUsageIsNamedAndIsExitCode2() throws Exception {
        for (List<String> args : List.of(
                List.<String>of(),
                List.of("lst"),
                List.of("list", "--all"),
                List.of("list", "a", "b"),
                List.of("inspect"),
                List.of("inspect", "a", "b", "c"),
                List.of("clean", "--force"))) {
            Result result = ipc(args.toArray());
            assertThat(result.code()).as("%s", args).isEqualTo(2);
            assertThat(result.err()).startsWith("ipc: ").contains("usage: java -jar ipc-runtime.jar COMMAND");
            assertThat(result.out()).isEmpty();
        }
        assertThat(ipc("list", "--all").err()).startsWith("ipc: no such option: --all");
        assertThat(ipc("inspect", "a", "b", "c").err()).startsWith("ipc: too much: c");
        Result help = ipc("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("list", "inspect", "clean", "Exit codes");
    }

    @Test
    void whatIsNotThereIsNamedAndIsExitCode1() throws Exception {
        for (String command : List.of("list", "clean")) {
            Result result = ipc(command, directory.resolve("nowhere"));
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).isEqualTo("ipc: no namespace there: " + directory.resolve("nowhere") + "\n");
        }
        try (Ipc ipc = Ipc.open(namespace("n"))) {
            ipc.event("e");
            Result result = ipc("inspect", "x", namespace("n"));
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).isEqualTo("ipc: nothing is called 'x'; there is [e]\n");
        }
    }

    // ---- list and inspect ----

    static void opensAll(String[] args) throws Exception {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        IpcQueue<Integer> queue = ipc.queue("orders", Codec.INT, QueueOptions.capacity(100));
        queue.putAll(List.of(1, 2, 3, 4, 5));
        queue.take();
        queue.take();
        ipc.queue("jobs", Codec.INT, QueueOptions.acknowledged().withCapacity(10))
                .putAll(List.of(1, 2));
        ipc.queue("jobs", Codec.INT).receive();
        ipc.pipe("chat", Codec.STRING, End.A).send("hello");
        ipc.sharedLong("l", 0).set(-7);
        ipc.sharedInt("i", -8);
        ipc.sharedDouble("d", 1.5);
        ipc.sharedBoolean("b", true);
        ipc.value("v", Codec.STRING, 100).set("12345");
        ipc.longArray("array", 11);
        ipc.byteArray("bytes", 12);
        ipc.lock("guard").lock();
        ipc.lock("guard").newCondition("changed");
        ipc.semaphore("pool", 3).acquire(2);
        ipc.latch("start", 4).countDown();
        ipc.event("go").set();
        ipc.barrier("meet", 5);
        Child.say("opened");
        Child.hear();
    }

    @Test
    void listSaysWhoTakesPartAndHowEverythingStands() throws Exception {
        Path home = namespace("n");
        try (Child child = Child.start(CommandTest.class, "opensAll", home)) {
            child.expect("opened");
            for (String asked : List.of(home.toString(), directory.toString())) {
                Result result = ipc("list", asked);
                assertThat(result.err()).isEmpty();
                assertThat(result.code()).isZero();
                assertThat(result.out()).startsWith(home + "\n");
                assertThat(result.line("participant 1")).isEqualTo("participant 1 pid " + child.pid() + " alive");
                assertThat(result.line("kind name")).isEqualTo("kind name bytes opened by state");
                assertThat(result.line("queue orders")).endsWith(" 1 3 of 100 wait");
                assertThat(result.line("queue jobs")).endsWith(" 1 1 of 10 wait, 1 worked on");
                assertThat(result.line("pipe chat")).endsWith(" 1 1 wait for B, 0 wait for A");
                assertThat(result.line("long l ")).endsWith(" 1 -7");
                assertThat(result.line("int i ")).endsWith(" 1 -8");
                assertThat(result.line("double d ")).endsWith(" 1 1.5");
                assertThat(result.line("boolean b ")).endsWith(" 1 true");
                assertThat(result.line("value v ")).endsWith(" 1 version 1, 5 bytes");
                assertThat(result.line("long array array")).endsWith(" 1 11 elements");
                assertThat(result.line("byte array bytes")).endsWith(" 1 12 elements");
                assertThat(result.line("lock guard")).endsWith(" 1 held by 1");
                assertThat(result.line("condition guard+changed")).endsWith(" 1 0 wait for a signal");
                assertThat(result.line("semaphore pool")).endsWith(" 1 1 free, 2 held");
                assertThat(result.line("latch start")).endsWith(" 1 3 of 4 to be counted");
                assertThat(result.line("event go")).endsWith(" 1 set");
                assertThat(result.line("barrier meet")).endsWith(" 1 0 of 5 wait");
            }
            child.kill();
            Result result = ipc("list", home);
            assertThat(result.line("participant 1")).isEqualTo("participant 1 pid " + child.pid() + " dead");
            assertThat(result.line("lock guard")).endsWith(" 1 (dead) held by 1 (dead)");
        }
        assertThat(Files.isRegularFile(home.resolve("participants/1")))
                .as("to look changes nothing")
                .isTrue();
    }

    @Test
    void inspectSaysEverythingOfWhatHasTheName() throws Exception {
        Path home = namespace("n");
        try (Ipc ipc = Ipc.open(home)) {
            try (Child child = Child.start(CommandTest.class, "opensAll", home)) {
                child.expect("opened");
                IpcQueue<Integer> queue = ipc.queue("orders", Codec.INT);
                queue.put(6);
                queue.endOfStream();
                Result orders = ipc("inspect", "orders", home);
                assertThat(orders.code()).isZero();
                assertThat(orders.out()).startsWith(home.resolve("queue-orders") + "\n");
                assertThat(orders.line("kind")).isEqualTo("kind queue");
                assertThat(orders.line("bytes")).isEqualTo("bytes " + Files.size(home.resolve("queue-orders")));
                assertThat(orders.line("opened by")).isEqualTo("opened by 1, 2");
                assertThat(orders.line("capacity")).isEqualTo("capacity 100 messages, 1048576 bytes");
                assertThat(orders.line("waiting")).isEqualTo("waiting 4");
                assertThat(orders.line("most ever")).isEqualTo("most ever 5");
                assertThat(orders.line("producers")).isEqualTo("producers 2, 1 (ended); 1 expected");
                assertThat(orders.line("asleep")).isEqualTo("asleep 0 consumers, 0 producers");
                assertThat(orders.line("recoveries")).isEqualTo("recoveries 0 locks taken over from the dead");
                assertThat(ipc("inspect", "jobs", home).line("worked on")).isEqualTo("worked on 1 by 2");
                assertThat(ipc("inspect", "pipe-chat", directory).line("end A")).isEqualTo("end A 2");
                assertThat(ipc("inspect", "pool", home).line("held")).isEqualTo("held 2 by 2");
                child.kill();
                assertThat(ipc.lock("guard").acquire()).isEqualTo(Acquired.FROM_DEAD_OWNER);
                assertThat(ipc.semaphore("pool", 3).acquire(3)).isEqualTo(Acquired.FROM_DEAD_OWNER);
            }
            assertThat(ipc("inspect", "guard", home).line("recoveries"))
                    .isEqualTo("recoveries 1 locks taken over from the dead");
            assertThat(ipc("inspect", "pool", home).line("came back")).isEqualTo("came back 2 permits, from the dead");
            assertThat(ipc("inspect", "chat", home).line("end A")).isEqualTo("end A 2 (dead)");
        }
    }

    @Test
    void aFileThatIsNoRegionIsShownWithTheReason() throws Exception {
        try (Ipc ipc = Ipc.open(namespace("n"))) {
            ipc.event("e");
            Files.writeString(namespace("n").resolve("queue-strange"), "x");
            Files.setPosixFilePermissions(
                    namespace("n").resolve("queue-strange"),
                    java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            Result result = ipc("list", namespace("n"));
            assertThat(result.code()).isZero();
            assertThat(result.line("? queue-strange")).contains("a region has between 128 and");
            assertThat(result.line("event e")).endsWith("clear");
        }
    }

    @Test
    void withoutADirectoryItIsTheOneOfTheProcess() throws Exception {
        List<String> told = List.of("-Dipc.home=" + namespace("n"));
        Result none = ipc(told, "list");
        assertThat(none.code()).isZero();
        assertThat(none.out()).isEqualTo("no namespace\n");
        assertThat(namespace("n")).doesNotExist();
        try (Ipc ipc = Ipc.open(namespace("n"))) {
            ipc.event("e");
            assertThat(ipc(told, "list").line("event e")).endsWith("clear");
            assertThat(ipc(told, "inspect", "e").line("state")).isEqualTo("state clear");
        }
        assertThat(ipc(told, "clean").out())
                .isEqualTo("removed " + namespace("n").resolve("event-e") + "\nremoved " + namespace("n") + "\n");
        assertThat(namespace("n")).doesNotExist();
    }

    // ---- clean ----

    @Test
    void aNamespaceOfTheDeadIsRemovedWithAllThatIsInIt() throws Exception {
        Path home = namespace("n");
        Files.createDirectories(directory);
        try (Child child = Child.start(CommandTest.class, "opensAll", home)) {
            child.expect("opened").kill();
        }
        try (Ipc ipc = Ipc.open(home)) {
            // Both leave something beside the regions: a bell, a message larger than its ring.
            ipc.event("e").await(Duration.ofMillis(50));
            ipc.queue("large", Codec.BYTES, QueueOptions.defaults().withBytes(1024))
                    .put(new byte[2000]);
        }
        assertThat(Files.list(home).filter(file -> file.toString().contains("+")))
                .isNotEmpty();
        Result dry = ipc("clean", "--dry-run", home);
        assertThat(dry.out()).isEqualTo("would remove " + home + "\n");
        assertThat(home.resolve("queue-orders")).exists();
        Result result = ipc("clean", directory);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("removed " + home.resolve("queue-orders"))
                .endsWith("removed " + home + "\n");
        assertThat(home).doesNotExist();
        try (Ipc ipc = Ipc.open(home)) {
            assertThat(ipc.queue("orders", Codec.INT)).isEmpty();
        }
    }

    @Test
    void whatSomebodyWhoLivesHasOpenedIsKept() throws Exception {
        Path home = namespace("n");
        try (Ipc gone = Ipc.open(home)) {
            gone.event("dead");
            gone.sharedLong("both", 0).set(5);
        }
        try (Child child = Child.start(CommandTest.class, "opensAll", home);
                Ipc ipc = Ipc.open(home)) {
            child.expect("opened");
            SharedLong both = ipc.sharedLong("both", 0);
            Result dry = ipc("clean", "--dry-run", home);
            assertThat(dry.out()).isEqualTo("would remove " + home.resolve("event-dead") + "\n");
            Result result = ipc("clean", home);
            assertThat(result.code()).isZero();
            assertThat(result.out())
                    .isEqualTo("removed " + home.resolve("event-dead") + "\nkept " + home + ": 2 alive\n");
            child.kill();
            assertThat(ipc("clean", home).out())
                    .contains("removed " + home.resolve("queue-orders"))
                    .endsWith("kept " + home + ": 1 alive\n");
            assertThat(both.get()).isEqualTo(5);
            assertThat(ipc.sharedLong("both", 0).incrementAndGet()).isEqualTo(6);
            assertThat(ipc.queue("orders", Codec.INT)).as("a new one").isEmpty();
            assertThat(ipc("clean", home).out()).isEqualTo("kept " + home + ": 1 alive\n");
        }
    }

    @Test
    void whatIsNotOursIsKept() throws Exception {
        Path home = namespace("n");
        try (Ipc ipc = Ipc.open(home)) {
            ipc.event("e");
        }
        Files.writeString(home.resolve("notes.txt"), "mine");
        Result result = ipc("clean", home);
        assertThat(result.code()).isZero();
        assertThat(result.out()).endsWith("kept " + home + ": it holds files that are not of this library\n");
        assertThat(home.toFile().list()).containsExactly("notes.txt");
    }

    @Test
    void aRunThatIsRecordedIsCleanedOnlyByName() throws Exception {
        Path home = namespace("n");
        Files.createDirectories(home);
        Files.setPosixFilePermissions(home, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        Files.createDirectory(home.resolve("histories"));
        try (Ipc ipc = Ipc.open(home)) {
            ipc.queue("q", Codec.INT).put(1);
        }
        Result result = ipc(List.of("-Dipc.home=" + home), "clean");
        assertThat(result.out()).isEqualTo("kept " + home + ": it records a run; name it to have it cleaned\n");
        assertThat(ipc("clean", home).out()).endsWith("removed " + home + "\n");
        assertThat(home).doesNotExist();
    }

    static void isKilledWhileItCleans(String[] args) throws IOException {
        io.github.ipcharness.ipc.memory.Removal.run(Path.of(args[0]), removed -> {
            Child.say(removed);
            try {
                Child.hear();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aCleanerThatIsKilledInTheMiddleIsInNobodysWay() throws Exception {
        Path home = namespace("n");
        for (String first : List.of("event-a", "event-b", "event-c")) {
            try (Ipc ipc = Ipc.open(home)) {
                for (String name : List.of("a", "b", "c")) {
                    ipc.event(name).set();
                }
            }
            try (Child cleaner = Child.start(CommandTest.class, "isKilledWhileItCleans", home)) {
                for (String said = cleaner.line(); !said.equals(first); said = cleaner.line()) {
                    cleaner.tell();
                }
                cleaner.kill();
            }
            try (Ipc ipc = Ipc.open(home)) {
                assertThat(ipc.event("a").isSet()).isFalse();
                assertThat(ipc.event("c").isSet()).isEqualTo(!first.equals("event-c"));
            }
        }
        // The same while somebody lives there.
        try (Ipc gone = Ipc.open(home)) {
            gone.event("a").set();
            gone.event("b").set();
        }
        try (Ipc lives = Ipc.open(home)) {
            lives.latch("kept", 1);
            try (Child cleaner = Child.start(CommandTest.class, "isKilledWhileItCleans", home)) {
                cleaner.expect("event-a").kill();
            }
            assertThat(lives.event("a").set()).isTrue();
            assertThat(lives.event("b").isSet()).isTrue();
        }
    }

    static void comesAndGoes(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        Path inside = Path.of(args[1]);
        Child.say("comes and goes");
        for (int turn = 0; turn < Integer.parseInt(args[2]); turn++) {
            try (Ipc ipc = Ipc.open(home)) {
                SharedLock lock = ipc.lock("l");
                lock.lock();
                // Outside of the namespace: who is here twice would be under two locks of one name.
                Files.createDirectory(inside);
                ipc.queue("q", Codec.INT).put(turn);
                Files.delete(inside);
                lock.unlock();
            }
        }
        Child.say("done");
    }

    @Test
    void whoComesWhileItIsRemovedNeverMeetsAnothersRegionOfTheSameName() throws Exception {
        Path home = namespace("n");
        Path inside = namespace("inside");
        Files.createDirectories(directory);
        List<Child> children = new ArrayList<>();
        try (Threads threads = new Threads()) {
            for (int i = 0; i < 3; i++) {
                children.add(Child.start(CommandTest.class, "comesAndGoes", home, inside, 300));
            }
            for (Child child : children) {
                child.expect("comes and goes");
            }
            List<String> removed = new ArrayList<>();
            boolean[] over = new boolean[1];
            var cleaning = threads.run(() -> {
                while (true) {
                    synchronized (over) {
                        if (over[0]) {
                            return;
                        }
                    }
                    io.github.ipcharness.ipc.memory.Removal.run(home, removed::add);
                }
            });
            for (Child child : children) {
                child.expect("done");
            }
            synchronized (over) {
                over[0] = true;
            }
            Threads.result(cleaning);
            assertThat(removed).contains("lock-l", "queue-q");
        } finally {
            children.forEach(Child::close);
        }
    }
}
