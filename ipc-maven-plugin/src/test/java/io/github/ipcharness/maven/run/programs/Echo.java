package io.github.ipcharness.maven.run.programs;

import java.util.Arrays;
import java.util.TreeMap;

/** Says what it was started with. */
public final class Echo {

    private Echo() {}

    public static void main(String[] arguments) {
        System.out.println("arguments " + Arrays.toString(arguments));
        System.out.println("class path " + System.getProperty("java.class.path"));
        System.out.println("directory " + System.getProperty("user.dir"));
        new TreeMap<>(System.getProperties()).forEach((name, value) -> {
            if (name.toString().startsWith("ipc.")) {
                System.out.println(name + "=" + value);
            }
        });
        new TreeMap<>(System.getenv()).forEach((name, value) -> {
            if (name.startsWith("IPC_")) {
                System.out.println(name + "=" + value);
            }
        });
    }
}
