package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** As {@link CommandTest}, by the jar that users get. */
class CommandIT extends CommandTest {

    @Test
    void itIsTheJarThatIsRun() {
        assertThat(where()).asString().endsWith(".jar");
    }
}
