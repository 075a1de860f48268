package io.github.ipcharness.maven;

import static org.assertj.core.api.Assertions.assertThat;

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

    @TempDir
    private Path classes;

    @Test
    void itsJavaCompiles() throws IOException {
        List<String> blocks = JAVA.matcher(Files.readString(Path.of("..", "README.md")))
                .results()
                .map(MatchResult::group)
                .map(block -> block.replace("```java", "").replace("```", ""))
                .toList();

        assertThat(blocks).hasSize(2);
        assertThat(errors(program("", blocks.get(0)))).isEmpty();
        assertThat(errors(program("Ipc ipc, Socket mySocket", blocks.get(1)))).isEmpty();
    }

    @Test
    void whatDoesNotCompileWouldBeSeen() throws IOException {
        assertThat(errors(program("", "Ipc.close(7);"))).contains("close");
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
        List<String> options = List.of(
                "-Xlint:all", "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());
        boolean compiled = compiler.getTask(output, null, null, options, null, List.of(source))
                .call();
        return compiled ? "" : output.toString();
    }
}
