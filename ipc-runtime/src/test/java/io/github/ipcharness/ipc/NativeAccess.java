package io.github.ipcharness.ipc;

import java.lang.management.ManagementFactory;
import java.util.List;

/** Whether Java code may call what is not Java, which is what a futex needs: said by a flag of the JVM. */
public final class NativeAccess {

    public static final String FLAG = "--enable-native-access=ALL-UNNAMED";

    private NativeAccess() {}

    /** Whether this JVM was started with the flag; only JVMs from 22 on are. */
    public static boolean isEnabled() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().contains(FLAG);
    }

    /** The flag, for processes that are to have it if this JVM has it. */
    public static List<String> asHere() {
        return isEnabled() ? List.of(FLAG) : List.of();
    }
}
