package io.github.ipcharness.ipc.crash;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import io.github.ipcharness.ipc.SharedLock;
import io.github.ipcharness.ipc.SharedValue;
import io.github.ipcharness.ipc.crash.Journal.Word;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Those who make everything that there is, in one new namespace after the other, each at the same time as others. */
final class FounderRoles {

    private FounderRoles() {}

    /** The namespace of a round. */
    static Path home(Path home, long round) {
        return home.resolve("round-" + round);
    }

    /** Begins with the round that its journal says. */
    static void found(Part part) throws Exception {
        Journal journal = part.journal();
        while (part.goesOn()) {
            long round = journal.get(Word.GENERATION);
            try (Ipc ipc = Ipc.open(home(part.home(), round))) {
                ipc.sharedLong("n", 0).incrementAndGet();
                journal.enter(round);
                IpcQueue<Long> queue = ipc.queue("q", Codec.LONG, QueueRoles.SMALL);
                boolean put = part.within(1000, () -> queue.offer(round, 1, TimeUnit.SECONDS));
                Long taken = part.within(1000, () -> queue.poll(1, TimeUnit.SECONDS));
                if (put && taken != null && taken != round) {
                    throw new AssertionError("in round " + round + ", a message of round " + taken);
                }
                SharedValue<byte[]> value = ipc.value("v", Codec.BYTES, 1000);
                value.set(Sealed.seal(Sealed.value(part.id(), 0, round), 900));
                Sealed.open(value.get());
                SharedLock lock = ipc.lock("l");
                if (part.within(1000, () -> lock.acquire(Duration.ofSeconds(1))) != null) {
                    lock.unlock();
                }
                queue.endOfStream();
            }
            journal.add(Word.GENERATION, 1);
            part.did();
        }
    }
}
