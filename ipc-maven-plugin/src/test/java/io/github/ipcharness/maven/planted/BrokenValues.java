package io.github.ipcharness.maven.planted;

import static io.github.ipcharness.maven.planted.Planted.broken;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.maven.planted.Planted.Script;
import java.util.List;
import java.util.concurrent.CyclicBarrier;

/** Shared values with one bug each. */
final class BrokenValues {

    private BrokenValues() {}

    static List<Planted> all() {
        return List.of(
                broken("reads its copy, not the value", "stale read", writeAndRead(new ReadsItsCopy())),
                broken("forgets a write", "stale read", writeAndRead(new ForgetsOne())),
                broken("writes back late", "stale read", BrokenValues::late),
                broken("new for one reader, then old for another", "stale read", BrokenValues::inversion),
                broken("torn between two halves", "torn", BrokenValues::halves),
                broken("reads another index", "torn", BrokenValues::otherIndex),
                broken("increments without a lock", "lost update", BrokenValues::unlocked),
                broken("adds one twice", "lost update", adding(new AddsTwice())),
                broken("counter runs backwards", "stale read", adding(new RunsBackwards())),
                broken("counter shows half a carry", "torn", adding(new HalfCarry())),
                broken("compare-and-set without compare", "lost update", swapping(new SetsAnyway())),
                broken("compare-and-set loses its write", "stale read", swapping(new SetsNothing())),
                broken("compare-and-set misses for nothing", "linearizable", swapping(new MissesOnce())));
    }

    private static Script writeAndRead(PlainValue value) {
        return stage -> {
            ValueEnd writer = ValueEnd.writer(stage, value);
            ValueEnd reader = ValueEnd.reader(stage, value);
            for (int i = 1; i <= 10; i++) {
                writer.write(i);
                reader.read();
            }
        };
    }

    private static Script adding(PlainValue value) {
        return stage -> {
            ValueEnd writer = ValueEnd.writer(stage, value);
            ValueEnd other = ValueEnd.writer(stage, value);
            ValueEnd reader = ValueEnd.reader(stage, value);
            for (int i = 1; i <= 5; i++) {
                writer.add(1);
                other.add(1);
                reader.read();
            }
        };
    }

    private static Script swapping(PlainValue value) {
        return stage -> {
            ValueEnd one = ValueEnd.writer(stage, value);
            ValueEnd other = ValueEnd.writer(stage, value);
            one.cas(0, 1);
            other.cas(1, 2);
            one.cas(1, 3);
            other.read();
            one.cas(2, 4);
            other.read();
        };
    }

    static final class ReadsItsCopy extends PlainValue {
        private Long copy;

        @Override
        synchronized long read() {
            copy = copy == null ? Long.valueOf(value) : copy;
            return copy;
        }
    }

    static final class ForgetsOne extends PlainValue {
        @Override
        synchronized void write(long written) {
            value = written == 7 ? value : written;
        }
    }

    /** The first write was acknowledged from a cache, and comes to memory after the second. */
    private static void late(Stage stage) {
        PlainValue value = new PlainValue();
        ValueEnd one = ValueEnd.writer(stage, value);
        ValueEnd other = ValueEnd.writer(stage, value);
        one.beginWrite(1).ok();
        other.write(2);
        value.write(1);
        ValueEnd.reader(stage, value).read();
    }

    /** Two copies: the write has come to the first one only. */
    private static void inversion(Stage stage) {
        PlainValue here = new PlainValue();
        PlainValue there = new PlainValue();
        ValueEnd writer = ValueEnd.writer(stage, here);
        ValueEnd near = ValueEnd.reader(stage, here);
        ValueEnd far = ValueEnd.reader(stage, there);
        Call write = writer.beginWrite(1);
        here.write(1);
        near.read();
        far.read();
        there.write(1);
        write.ok();
    }

    /** A wide value is copied in two halves, and a reader comes between. */
    private static void halves(Stage stage) {
        PlainValue value = new PlainValue();
        ValueEnd writer = ValueEnd.writer(stage, value);
        ValueEnd reader = ValueEnd.reader(stage, value);
        writer.write(0x11_0000_0011L);
        Call write = writer.beginWrite(0x22_0000_0022L);
        value.write(0x11_0000_0022L);
        reader.read();
        value.write(0x22_0000_0022L);
        write.ok();
    }

    /** Two elements of an array; the reader computes the offset of its neighbour. */
    private static void otherIndex(Stage stage) {
        PlainValue[] cells = {new PlainValue(), new PlainValue()};
        for (int i = 0; i < cells.length; i++) {
            String name = "cell-" + i;
            new ValueEnd(stage.process("writer", name, Kind.VALUE), cells[i]).write(10L + i);
        }
        for (int i = 0; i < cells.length; i++) {
            new ValueEnd(stage.process("reader", "cell-" + i, Kind.VALUE), cells[1 - i]).read();
        }
    }

    /** Both have read before either writes. */
    static final class Unlocked extends PlainValue {
        private final CyclicBarrier both = new CyclicBarrier(2);

        @Override
        long add(long delta) {
            long before = read();
            try {
                both.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            write(before + delta);
            return before;
        }
    }

    private static void unlocked(Stage stage) throws Exception {
        PlainValue value = new Unlocked();
        ValueEnd one = ValueEnd.writer(stage, value);
        ValueEnd other = ValueEnd.writer(stage, value);
        Stage.together(List.of(() -> one.add(1), () -> other.add(1)));
    }

    static final class AddsTwice extends PlainValue {
        @Override
        synchronized long add(long delta) {
            long before = super.add(delta);
            return before == 4 ? super.add(delta) - delta : before;
        }
    }

    static final class RunsBackwards extends PlainValue {
        @Override
        synchronized long read() {
            return value == 6 ? 5 : value;
        }
    }

    static final class HalfCarry extends PlainValue {
        @Override
        synchronized long read() {
            return value == 8 ? 18 : value;
        }
    }

    static final class SetsAnyway extends PlainValue {
        @Override
        synchronized boolean cas(long expected, long written) {
            value = written;
            return true;
        }
    }

    static final class SetsNothing extends PlainValue {
        @Override
        synchronized boolean cas(long expected, long written) {
            return written == 4 ? value == expected : super.cas(expected, written);
        }
    }

    /** As a processor's store-conditional may, which callers have to try again. */
    static final class MissesOnce extends PlainValue {
        @Override
        synchronized boolean cas(long expected, long written) {
            return written != 4 && super.cas(expected, written);
        }
    }
}
