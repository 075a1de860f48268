package io.github.ipcharness.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows compiles, from outside the library's packages. */
class ReadmeTest {

    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    /** What the jar with the classifier {@code conformance} is made of; it is packed later than tests run. */
    private static final Path SUITES = Path.of("..", "ipc-runtime", "target", "test-classes");

    @TempDir
    private Path classes;

    @Test
    void itsJavaCompiles() throws IOException {
        List<String> blocks = JAVA.matcher(Files.readString(Path.of("..", "README.md")))
                .results()
                .map(MatchResult::group)
                .map(block -> block.replace("```java", "").replace("```", ""))
                .toList();

        assertThat(blocks).hasSize(3);
        assertThat(errors(program("", blocks.get(0)))).isEmpty();
        assertThat(errors(program("Ipc ipc, Socket mySocket", blocks.get(1)))).isEmpty();
        assertThat(errors(suite(blocks.get(2)))).isEmpty();
    }

    @Test
    void whatDoesNotCompileWouldBeSeen() throws IOException {
        assertThat(errors(program("", "Ipc.close(7);"))).contains("close");
        assertThat(errors(suite("class MyQueueTest extends QueueConformance {}")))
                .contains("join");
    }

    private static String program(String parameters, String body) {
        return """
                import io.github.ipcharness.ipc.*;
                import java.util.concurrent.TimeUnit;
                class Readme {
                    interface Socket { void send(long value); }
                    void run(%s) throws Exception {
                        %s
                    }
                }
                """.formatted(parameters, body);
    }

    private static String suite(String type) {
        return """
                import io.github.ipcharness.ipc.conformance.*;
                import java.nio.file.Path;
                import java.time.Duration;
                class MyQueue implements QueueParty {
                    MyQueue(Path file) {}
                    @Override public boolean put(byte[] message, Duration timeout) { return false; }
                    @Override public byte[] take(Duration timeout) { return null; }
                    @Override public void close() {}
                }
                %s
                """.formatted(type);
    }

    private String errors(String program) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Readme.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return program;
                    }
                };
        StringWriter output = new StringWriter();
        String classPath = System.getProperty("java.class.path") + File.pathSeparator + SUITES;
        List<String> options = List.of("-Xlint:all", "-proc:none", "-cp", classPath, "-d", classes.toString());
        boolean compiled = compiler.getTask(output, null, null, options, null, List.of(source))
                .call();
        return compiled ? "" : output.toString();
    }
}
