package io.github.ipcharness.ipc.conformance;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A member in a process of its own: a JVM that makes an object of the test's class, opens its transport, and does what it is
 * sent over a socket on the loopback interface. Its output is the test's, so that nothing it prints is taken for an answer.
 */
final class MemberProcess<P extends AutoCloseable> extends Member<P> {

    /** Which java runs the members: the test's own one, unless this system property names another. */
    static final String JAVA = "ipc.conformance.java";

    private final Process process;
    private final Socket socket;
    private final ObjectOutputStream requests;
    private final ObjectInputStream answers;
    private final Thread shutdown;
    private boolean killed;

    private MemberProcess(Process process, Socket socket) throws IOException {
        this.process = process;
        this.socket = socket;
        this.requests = output(socket);
        this.answers = new ObjectInputStream(socket.getInputStream());
        this.shutdown = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(shutdown);
    }

    static <P extends AutoCloseable> MemberProcess<P> start(
            Class<?> opener, Path home, int number, List<String> jvmArguments, Path aside) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(100);
            Process process = new ProcessBuilder(
                            command(opener, home, number, jvmArguments, aside, server.getLocalPort()))
                    .inheritIO()
                    .start();
            MemberProcess<P> member = new MemberProcess<>(process, accept(server, process));
            try {
                member.answer();
            } catch (Exception | Error e) {
                member.kill();
                throw e;
            }
            return member;
        }
    }

    private static Socket accept(ServerSocket server, Process process) throws IOException {
        while (true) {
            try {
                return server.accept();
            } catch (SocketTimeoutException e) {
                if (!process.isAlive()) {
                    throw new AssertionError("a member ended before it came, exit code " + process.exitValue(), e);
                }
            }
        }
    }

    private static List<String> command(
            Class<?> opener, Path home, int number, List<String> jvmArguments, Path aside, int port)
            throws IOException {
        String own = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        List<String> command = new ArrayList<>(List.of(System.getProperty(JAVA, own)));
        // What makes a JVM start fast.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.add("-D" + Conformance.LIMIT + "=" + Conformance.limit().toSeconds());
        command.addAll(jvmArguments);
        // In a file, because a class path may be longer than a command line.
        Path classPath = aside.resolve("class-path");
        Files.writeString(
                classPath, "-cp \"" + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"");
        command.add("@" + classPath);
        command.addAll(List.of(
                MemberProcess.class.getName(),
                opener.getName(),
                home.toString(),
                Integer.toString(number),
                Integer.toString(port)));
        return command;
    }

    private static ObjectOutputStream output(Socket socket) throws IOException {
        // Otherwise an answer waits 40 ms for an acknowledgement of what went before it.
        socket.setTcpNoDelay(true);
        ObjectOutputStream output = new ObjectOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        output.flush();
        return output;
    }

    // ---- in the test ----

    @Override
    <R extends Serializable> R perform(Script<P, R> script) throws Exception {
        requests.writeObject(script);
        requests.flush();
        requests.reset();
        return answer();
    }

    @SuppressWarnings("unchecked") // what a script returns
    private <R> R answer() throws Exception {
        Object answer;
        try {
            answer = answers.readObject();
        } catch (EOFException | SocketException e) {
            throw new MemberDiedException(e);
        }
        if (answer instanceof Thrown) {
            ((Thrown) answer).rethrow();
        }
        return (R) answer;
    }

    /** SIGKILL, whatever it is doing; waits until it is gone. */
    void kill() throws InterruptedException {
        killed = true;
        process.destroyForcibly();
        if (!process.waitFor(Conformance.limit().toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("process " + process.pid() + " cannot be killed");
        }
    }

    /** SIGSTOP. */
    void freeze() throws Exception {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("cannot send SIG" + name + " to process " + process.pid());
        }
    }

    @Override
    void leave() throws Exception {
        try (socket) {
            if (!killed) {
                perform(new Leave<>());
                if (!process.waitFor(Conformance.limit().toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError(
                            "process " + process.pid() + " has closed its transport, and does not end");
                }
            }
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(shutdown);
        }
    }

    // ---- in the member ----

    /** @param args the test's class, the directory, the number, the port */
    public static void main(String[] args) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[3]))) {
            ObjectOutputStream answers = output(socket);
            ObjectInputStream requests = new ObjectInputStream(socket.getInputStream());
            serve(opener(args[0]), Path.of(args[1]), Integer.parseInt(args[2]), requests, answers);
        } catch (EOFException e) {
            // The test has ended without a word: it was killed.
            System.exit(1);
        }
        System.exit(0);
    }

    private static Opener<?> opener(String className) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(className).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (Opener<?>) constructor.newInstance();
    }

    private static <P> void serve(
            Opener<P> opener, Path home, int number, ObjectInputStream requests, ObjectOutputStream answers)
            throws IOException, ClassNotFoundException {
        P party;
        try {
            party = opener.open(home, number);
            send(answers, null);
        } catch (Throwable t) {
            send(answers, new Thrown(t));
            return;
        }
        while (true) {
            @SuppressWarnings("unchecked") // what the test sends to this process
            Script<P, ?> script = (Script<P, ?>) requests.readObject();
            try {
                send(answers, script.run(party));
            } catch (Throwable t) {
                send(answers, new Thrown(t));
            }
            if (script instanceof Leave) {
                return;
            }
        }
    }

    private static void send(ObjectOutputStream answers, Serializable answer) throws IOException {
        answers.writeObject(answer);
        answers.flush();
        answers.reset();
    }

    /** The last thing that a member does. */
    private static final class Leave<P extends AutoCloseable> implements Script<P, Serializable> {

        private static final long serialVersionUID = 1;

        @Override
        public Serializable run(P party) throws Exception {
            party.close();
            return null;
        }
    }

    /** What a member threw. */
    private static final class Thrown implements Serializable {

        private static final long serialVersionUID = 1;

        private final Throwable throwable;

        Thrown(Throwable throwable) throws IOException {
            this.throwable = isSerializable(throwable) ? throwable : new IllegalStateException(throwable.toString());
        }

        private static boolean isSerializable(Throwable throwable) throws IOException {
            try (ObjectOutputStream nowhere = new ObjectOutputStream(OutputStream.nullOutputStream())) {
                nowhere.writeObject(throwable);
                return true;
            } catch (NotSerializableException e) {
                return false;
            }
        }

        void rethrow() throws Exception {
            if (throwable instanceof Exception) {
                throw (Exception) throwable;
            }
            if (throwable instanceof AssertionError) {
                throw (AssertionError) throwable;
            }
            throw new AssertionError("in another process: " + throwable, throwable);
        }
    }
}
