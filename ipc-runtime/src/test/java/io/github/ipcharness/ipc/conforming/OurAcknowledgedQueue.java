package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.Delivery;
import io.github.ipcharness.ipc.QueueOptions;
import java.nio.file.Path;
import java.time.Duration;

/** Our queue whose messages are acknowledged: here as soon as they are taken. */
final class OurAcknowledgedQueue extends OurQueue {

    OurAcknowledgedQueue(Path home, QueueOptions options) {
        super(home, options);
    }

    @Override
    byte[] takeNext(Duration timeout) throws InterruptedException {
        try (Delivery<byte[]> delivery = queue.receive(timeout)) {
            if (delivery == null) {
                return null;
            }
            delivery.done();
            return delivery.value();
        }
    }
}
