package io.github.ipcharness.ipc.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The kernel's own wait on a word in shared memory, {@code futex(2)} (Franke, Russell, Kirkwood 2002), where the JVM lets
 * Java call it: on Linux, from Java 22 on, and only for who has said {@code --enable-native-access}. Without that the JVM
 * would warn on its console, so then there is no futex, and not a word is said; waiters have their {@link Bells}.
 *
 * <p>{@code java.lang.foreign} is looked up by name, because this library is built for Java 17, which does not have it.
 */
final class Futex {

    private static final long WAIT = 0;
    private static final long WAKE = 1;
    private static final int TIMESPEC_BYTES = 16;
    private static final long NONE = -1;

    /** What the kernel calls it on this machine. */
    private static final long NUMBER = number();

    /** {@code long syscall(long number, word, operation, value, timeout, -, -)}, or null. */
    private static final MethodHandle SYSCALL;

    private static final boolean AVAILABLE;

    /** {@code boolean isVirtual(Thread)}; null where no thread is. */
    private static final MethodHandle IS_VIRTUAL;

    private static final ThreadLocal<Timespec> TIMEOUT = ThreadLocal.withInitial(Timespec::new);

    static {
        MethodHandle syscall = null;
        MethodHandle isVirtual = null;
        try {
            isVirtual = MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
            syscall = isOfUse() ? find() : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            // An older JVM, or one that will not have it.
            syscall = null;
        }
        SYSCALL = syscall;
        IS_VIRTUAL = isVirtual;
        AVAILABLE = syscall != null && works();
    }

    private Futex() {}

    /** Whether this JVM can use it at all. */
    static boolean isAvailable() {
        return AVAILABLE;
    }

    /** Whether this thread can: one that is virtual would take the processor of others with it into its sleep. */
    static boolean isAvailableHere() {
        return AVAILABLE && !isVirtual();
    }

    /** Where a buffer's first byte lies, as the kernel sees it; good for as long as the buffer is reachable. */
    static long addressOf(ByteBuffer buffer) {
        try {
            Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
            Object whole = segment.getMethod("ofBuffer", Buffer.class)
                    .invoke(null, buffer.duplicate().clear());
            return (long) segment.getMethod("address").invoke(whole);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a futex without addresses: " + e, e);
        }
    }

    /**
     * Sleeps while the word at this address is as expected, until woken or for so many nanoseconds; may return early. An
     * interrupt does not end it.
     */
    static void await(long address, int expected, long nanos) {
        call(address, WAIT, expected, TIMEOUT.get().of(nanos));
    }

    /** Wakes one who sleeps on the word at this address; false if nobody did. */
    static boolean wakeOne(long address) {
        return call(address, WAKE, 1, 0) > 0;
    }

    private static long call(long address, long operation, long value, long timeout) {
        try {
            return (long) SYSCALL.invokeExact(NUMBER, address, operation, value, timeout, 0L, 0L);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a system call threw " + e, e);
        }
    }

    private static boolean isVirtual() {
        try {
            return (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Thread.isVirtual threw " + e, e);
        }
    }

    // ---- how it is found ----

    private static long number() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return NONE;
        }
        switch (System.getProperty("os.arch", "")) {
            case "amd64":
            case "x86_64":
                return 202;
            case "aarch64":
                return 98;
            default:
                return NONE;
        }
    }

    private static boolean isOfUse() throws ReflectiveOperationException {
        return Runtime.version().feature() >= 22
                && NUMBER != NONE
                && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                && (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(Futex.class.getModule());
    }

    private static MethodHandle find() throws ReflectiveOperationException {
        Class<?> linkers = Class.forName("java.lang.foreign.Linker");
        Class<?> options = Class.forName("java.lang.foreign.Linker$Option");
        Class<?> segments = Class.forName("java.lang.foreign.MemorySegment");
        Class<?> layouts = Class.forName("java.lang.foreign.MemoryLayout");
        Class<?> functions = Class.forName("java.lang.foreign.FunctionDescriptor");
        Object linker = linkers.getMethod("nativeLinker").invoke(null);
        Object lookup = linkers.getMethod("defaultLookup").invoke(linker);
        Optional<?> symbol = (Optional<?>) Class.forName("java.lang.foreign.SymbolLookup")
                .getMethod("find", String.class)
                .invoke(lookup, "syscall");
        if (symbol.isEmpty()) {
            return null;
        }
        Object word = Class.forName("java.lang.foreign.ValueLayout")
                .getField("JAVA_LONG")
                .get(null);
        Object words = Array.newInstance(layouts, 7);
        for (int i = 0; i < 7; i++) {
            Array.set(words, i, word);
        }
        Object function = functions.getMethod("of", layouts, words.getClass()).invoke(null, word, words);
        Object variadic = Array.newInstance(options, 1);
        Array.set(variadic, 0, options.getMethod("firstVariadicArg", int.class).invoke(null, 1));
        return (MethodHandle) linkers.getMethod("downcallHandle", segments, functions, variadic.getClass())
                .invoke(linker, symbol.get(), function, variadic);
    }

    /** A kernel, or a sandbox, may refuse it. */
    private static boolean works() {
        ByteBuffer word = ByteBuffer.allocateDirect(Long.BYTES);
        try {
            // Nobody sleeps there: none is woken. What is refused gives -1.
            return call(addressOf(word), WAKE, 1, 0) == 0;
        } catch (RuntimeException e) {
            return false;
        } finally {
            Reference.reachabilityFence(word);
        }
    }

    /** {@code struct timespec}: seconds and nanoseconds. */
    private static final class Timespec {
        private static final long SECOND = 1_000_000_000;
        private final ByteBuffer bytes =
                ByteBuffer.allocateDirect(TIMESPEC_BYTES).order(ByteOrder.nativeOrder());
        private final long address = addressOf(bytes);

        long of(long nanos) {
            bytes.putLong(0, nanos / SECOND).putLong(Long.BYTES, nanos % SECOND);
            return address;
        }
    }
}
