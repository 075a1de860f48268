package io.github.ipcharness.maven.run.programs;

/** Never ends, in a method whose name a thread dump shows. */
public final class Hanging {

    private Hanging() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("hangs");
        waitsForGodot();
    }

    private static void waitsForGodot() throws InterruptedException {
        Thread.sleep(Long.MAX_VALUE);
    }
}
