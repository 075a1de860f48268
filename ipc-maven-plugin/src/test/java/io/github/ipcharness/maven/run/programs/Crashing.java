package io.github.ipcharness.maven.run.programs;

/** A JVM that ends as if a bug of native code had struck it. */
public final class Crashing {

    private Crashing() {}

    public static void main(String[] arguments) throws Exception {
        new ProcessBuilder("sh", "-c", "kill -SEGV " + ProcessHandle.current().pid())
                .inheritIO()
                .start();
        Thread.sleep(Long.MAX_VALUE);
    }
}
