package io.github.ipcharness.ipc.conformance;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the suites have in common: members, some of them in processes of their own, that open one transport. A suite is run
 * by a test class that extends it and says how a transport is opened; the class needs a constructor without parameters,
 * because each process makes an object of it.
 *
 * @param <P> the transport, as one of those who use it sees it
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class Conformance<P extends AutoCloseable> implements Opener<P> {

    /** Seconds, as a system property: how long anything may take before a test gives up; 30, unless it is set. */
    static final String LIMIT = "ipc.conformance.limit";

    /** A time that is waited in vain. */
    static final Duration BRIEF = Duration.ofMillis(50);

    @TempDir
    Path directory;

    private Path home;
    private final List<Member<P>> members = new ArrayList<>();

    Conformance() {}

    /** How long anything may take before a test gives up: no time that a transport is measured by. */
    static Duration limit() {
        return Duration.ofSeconds(Integer.getInteger(LIMIT, 30));
    }

    /** What the JVMs of the other processes are started with, beside the class path: nothing, unless this is overridden. */
    protected List<String> jvmArguments() {
        return List.of();
    }

    /** The directory that {@code open} gets, which is empty: one of the test's own, unless this is overridden. */
    protected Path home(Path temporary) throws Exception {
        return temporary;
    }

    @BeforeEach
    final void makeHome() throws Exception {
        home = home(Files.createDirectory(directory.resolve("home")));
    }

    @AfterEach
    final void endMembers() throws Exception {
        Exception first = null;
        for (Member<P> member : members) {
            try {
                member.end();
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** One who opens the transport here. */
    final MemberHere<P> here(int number) throws Exception {
        return add(new MemberHere<>(() -> open(home, number)));
    }

    /** One who opens the transport in a process of its own. */
    final MemberProcess<P> process(int number) throws Exception {
        return add(MemberProcess.start(getClass(), home, number, jvmArguments(), directory));
    }

    /** Three at once, two of them in processes of their own: none begins before all are there. */
    final <R extends Serializable> List<Future<R>> startThree(Script<P, R> script) throws Exception {
        List<Member<P>> three = List.of(process(0), process(0), here(0));
        List<Future<R>> started = new ArrayList<>();
        for (Member<P> member : three) {
            started.add(member.start(script));
        }
        return started;
    }

    /** A place for what the suite itself needs, which the transport does not see. */
    final Path aside() {
        return directory;
    }

    private <M extends Member<P>> M add(M member) {
        members.add(member);
        return member;
    }
}
