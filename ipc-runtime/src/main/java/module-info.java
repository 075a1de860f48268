/**
 * Queues, duplex pipes and shared values between processes, in shared memory, without any dependency or JDK flag.
 */
module io.github.ipcharness.ipc {
    exports io.github.ipcharness.ipc;
    exports io.github.ipcharness.ipc.history;
}
