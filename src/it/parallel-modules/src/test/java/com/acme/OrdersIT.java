package com.acme;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ipcharness.ipc.Ipc;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OrdersIT {

    @Test
    void theShopIsThatOfTheModule() throws Exception {
        String module = Path.of("").toAbsolutePath().getFileName().toString();
        try (Ipc ipc = Ipc.open()) {
            assertTrue(ipc.isRecording());
            Customer.order(ipc, "tests", module);
        }
    }
}
