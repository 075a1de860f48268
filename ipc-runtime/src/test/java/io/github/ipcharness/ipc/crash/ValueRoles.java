package io.github.ipcharness.ipc.crash;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.SharedByteArray;
import io.github.ipcharness.ipc.SharedLong;
import io.github.ipcharness.ipc.SharedLongArray;
import io.github.ipcharness.ipc.SharedValue;
import io.github.ipcharness.ipc.crash.Journal.Word;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Those who change the shared values, and those who look at them. */
final class ValueRoles {

    static final String NUMBER = "n";
    static final String UPDATED = "u";
    static final String WIDE = "w";
    static final int MAX_BYTES = 2000;

    /** How many may write at once, by their ids: each has an element and a stretch of bytes of its own. */
    static final int WRITERS = 32;

    private static final int STRETCH = 1000;
    private static final Duration MOMENT = Duration.ofMillis(5);

    private ValueRoles() {}

    static void write(Part part) throws Exception {
        try (Ipc ipc = Ipc.open(part.home())) {
            new Writer(part, ipc).run();
        }
    }

    private static final class Writer {
        private final Part part;
        private final Journal journal;
        private final SharedLong number;
        private final SharedValue<Long> updated;
        private final SharedValue<byte[]> wide;
        private final SharedLongArray numbers;
        private final SharedByteArray bytes;
        private long written;
        private long element;

        Writer(Part part, Ipc ipc) {
            this.part = part;
            this.journal = part.journal();
            this.number = ipc.sharedLong(NUMBER, 0);
            this.updated = ipc.value(UPDATED, Codec.LONG, Long.BYTES);
            this.wide = ipc.value(WIDE, Codec.BYTES, MAX_BYTES);
            this.numbers = ipc.longArray("a", WRITERS);
            this.element = numbers.get(part.id() % WRITERS);
            this.bytes = ipc.byteArray("b", WRITERS * STRETCH);
        }

        void run() throws Exception {
            while (part.goesOn()) {
                switch (part.random().nextInt(8)) {
                    case 0 -> add();
                    case 1 -> update();
                    case 2 -> writeWide();
                    case 3 -> setElement();
                    case 4 -> setBytes();
                    case 5 -> Sealed.open(orEmpty(wide.get()));
                    case 6 -> {
                        long version = wide.version();
                        part.within(5, () -> wide.awaitChange(version, MOMENT));
                    }
                    default -> {
                        long old = number.get();
                        part.within(5, () -> number.awaitChange(old, MOMENT));
                    }
                }
                part.did();
                part.restNowAndThen();
            }
        }

        private void add() {
            journal.add(Word.ADDS_BEGUN, 1);
            if (part.oneIn(2)) {
                number.getAndAdd(1);
            } else {
                number.updateAndGet(value -> value + 1);
            }
            journal.add(Word.ADDS_ACKNOWLEDGED, 1);
        }

        private void update() {
            journal.add(Word.UPDATES_BEGUN, 1);
            updated.updateAndGet(value -> value == null ? 1 : value + 1);
            journal.add(Word.UPDATES_ACKNOWLEDGED, 1);
        }

        private void writeWide() {
            written++;
            journal.set(Word.WRITES_BEGUN, written);
            wide.set(Sealed.seal(
                    Sealed.value(part.id(), 0, written), 8 + part.random().nextInt(MAX_BYTES - 8)));
            journal.set(Word.WRITES_ACKNOWLEDGED, written);
        }

        private void setElement() {
            int index = part.id() % WRITERS;
            if (part.oneIn(2)) {
                numbers.set(index, element + 1);
            } else {
                long before = numbers.getAndSet(index, element + 1);
                if (before != element) {
                    throw new AssertionError("element " + index + " was " + before + ", and nobody else's: " + element);
                }
            }
            element++;
        }

        private void setBytes() {
            int from = part.id() % WRITERS * STRETCH;
            byte[] in = Sealed.seal(Sealed.value(part.id(), 0, element), STRETCH);
            bytes.set(from, in, 0, STRETCH);
            byte[] out = new byte[STRETCH];
            bytes.get(from, out, 0, STRETCH);
            Sealed.open(out);
        }
    }

    private static byte[] orEmpty(byte[] bytes) {
        return bytes == null ? Sealed.seal(0, 8) : bytes;
    }

    /** What it sees never goes back: neither a count, nor the messages of one writer. */
    static void read(Part part) throws Exception {
        try (Ipc ipc = Ipc.open(part.home())) {
            SharedLong number = ipc.sharedLong(NUMBER, 0);
            SharedValue<byte[]> wide = ipc.value(WIDE, Codec.BYTES, MAX_BYTES);
            Map<Integer, Long> newest = new HashMap<>();
            long count = 0;
            long version = 0;
            while (part.goesOn()) {
                count = notLess("the number", number.get(), count);
                long old = notLess("the version", wide.version(), version);
                version = old;
                long value = Sealed.open(orEmpty(part.within(100, wide::get)));
                newest.merge(
                        Sealed.sender(value),
                        Sealed.sequence(value),
                        (before, now) -> notLess("what " + Sealed.sender(value) + " wrote", now, before));
                if (part.oneIn(8)) {
                    part.within(5, () -> wide.awaitChange(old, MOMENT));
                }
                part.did();
                part.restNowAndThen();
            }
        }
    }

    private static long notLess(String what, long now, long before) {
        if (now < before) {
            throw new AssertionError(what + " has gone back from " + before + " to " + now);
        }
        return now;
    }
}
