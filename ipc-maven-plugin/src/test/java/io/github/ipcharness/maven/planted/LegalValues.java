package io.github.ipcharness.maven.planted;

import static io.github.ipcharness.maven.planted.Planted.legal;

import io.github.ipcharness.ipc.Call;
import java.util.ArrayList;
import java.util.List;

/** Shared values that keep their contract, in ways that look odd. */
final class LegalValues {

    private LegalValues() {}

    static List<Planted> all() {
        return List.of(
                legal("reads that miss updates", LegalValues::misses),
                legal("written and read freely", stage -> freely(stage, 1, 3, ValueEnd::read)),
                legal("counted freely", stage -> freely(stage, 0, 4, end -> end.add(1))),
                legal("compared and set freely", stage -> freely(stage, 0, 3, LegalValues::increment)),
                legal("old and new while a write lasts", LegalValues::meanwhile),
                legal("write that never returned, seen", stage -> pendingWrite(stage, true)),
                legal("write that never returned, unseen", stage -> pendingWrite(stage, false)),
                legal("add that never returned, seen", stage -> pendingAdd(stage, true)),
                legal("add that never returned, unseen", stage -> pendingAdd(stage, false)),
                legal("the same value written again", LegalValues::again),
                legal("reads the first value for a long time", LegalValues::initial));
    }

    /** What a process does again and again. */
    private interface Step {
        void on(ValueEnd end);
    }

    private static void misses(Stage stage) {
        PlainValue value = new PlainValue();
        ValueEnd writer = ValueEnd.writer(stage, value);
        ValueEnd reader = ValueEnd.reader(stage, value);
        for (int i = 1; i <= 100; i++) {
            writer.write(i);
            if (i % 17 == 0 || i == 100) {
                reader.read();
            }
        }
    }

    private static void freely(Stage stage, int writers, int others, Step step) throws Exception {
        PlainValue value = new PlainValue();
        List<Stage.Part> parts = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            ValueEnd writer = ValueEnd.writer(stage, value);
            long base = w * 10_000L;
            parts.add(() -> {
                for (int i = 1; i <= 2_000; i++) {
                    writer.write(base + i);
                }
            });
        }
        for (int o = 0; o < others; o++) {
            ValueEnd end = ValueEnd.reader(stage, value);
            parts.add(() -> {
                for (int i = 0; i < 1_000; i++) {
                    step.on(end);
                }
            });
        }
        Stage.together(parts);
    }

    /** Misses, if somebody else was faster. */
    private static void increment(ValueEnd end) {
        long found = end.read();
        end.cas(found, found + 1);
    }

    /** The write takes effect between the two short reads; the long one may have seen either. */
    private static void meanwhile(Stage stage) {
        PlainValue value = new PlainValue();
        ValueEnd writer = ValueEnd.writer(stage, value);
        Call slow = ValueEnd.reader(stage, value).beginRead();
        ValueEnd reader = ValueEnd.reader(stage, value);
        Call write = writer.beginWrite(1);
        reader.read();
        value.write(1);
        reader.read();
        write.ok();
        slow.ok(0);
    }

    private static void pendingWrite(Stage stage, boolean seen) {
        PlainValue value = new PlainValue();
        ValueEnd.writer(stage, value).write(1);
        ValueEnd reader = ValueEnd.reader(stage, value);
        ValueEnd.writer(stage, value).beginWrite(2);
        reader.read();
        if (seen) {
            value.write(2);
        }
        reader.read();
        ValueEnd.writer(stage, value).write(3);
        reader.read();
    }

    private static void pendingAdd(Stage stage, boolean seen) {
        PlainValue value = new PlainValue();
        ValueEnd end = ValueEnd.writer(stage, value);
        end.add(1);
        ValueEnd.writer(stage, value).beginAdd(10);
        end.add(1);
        if (seen) {
            value.add(10);
        }
        end.add(1);
        end.read();
    }

    private static void again(Stage stage) {
        PlainValue value = new PlainValue();
        ValueEnd writer = ValueEnd.writer(stage, value);
        ValueEnd reader = ValueEnd.reader(stage, value);
        for (int i = 0; i < 30; i++) {
            writer.write(i % 3);
            reader.read();
        }
    }

    private static void initial(Stage stage) {
        PlainValue value = new PlainValue();
        ValueEnd reader = ValueEnd.reader(stage, value);
        for (int i = 0; i < 50; i++) {
            reader.read();
        }
        ValueEnd.writer(stage, value).write(7);
        reader.read();
    }
}
