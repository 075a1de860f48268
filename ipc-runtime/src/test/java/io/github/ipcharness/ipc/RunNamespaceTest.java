package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process makes of what a run has told it. */
class RunNamespaceTest {

    @TempDir
    Path directory;

    private Path told(String role) {
        Path home = directory.resolve("ipc-run");
        System.setProperty("ipc.home", home.toString());
        if (role != null) {
            System.setProperty("ipc.role", role);
        }
        return home;
    }

    @AfterEach
    void forget() {
        System.clearProperty("ipc.home");
        System.clearProperty("ipc.role");
        System.clearProperty("ipc.index");
    }

    @Test
    void aNamespaceThatTheUserNamesIsMade() {
        Path home = told(null);

        try (Ipc ipc = Ipc.open()) {
            assertThat(ipc.home()).isEqualTo(home).isDirectory();
        }
    }

    @Test
    void theNamespaceOfARunIsOpenedAndNeverMadeAgain() throws Exception {
        Path home = told("test");

        assertThatThrownBy(Ipc::open)
                .isInstanceOf(IpcException.class)
                .hasMessage("the run that this process belongs to is over, its namespace is gone: " + home);
        assertThat(home).doesNotExist();

        Files.createDirectory(home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (Ipc ipc = Ipc.open()) {
            assertThat(ipc.home()).isEqualTo(home);
        }
    }

    @Test
    void aProcessIsCalledByItsPartAndItsNumberOrWhereItHasNoneByItsProcessId() {
        long pid = ProcessHandle.current().pid();
        assertThat(Settings.label()).isEqualTo("process-" + pid);

        told("test");
        assertThat(Settings.label()).isEqualTo("test-" + pid);

        System.setProperty("ipc.index", "2");
        assertThat(Settings.label()).isEqualTo("test-2");
    }
}
