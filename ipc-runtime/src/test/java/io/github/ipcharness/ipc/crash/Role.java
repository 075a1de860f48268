package io.github.ipcharness.ipc.crash;

/** A program that uses what processes share, until it is told to stop, and writes down what it was told. */
enum Role {
    PUTTER(QueueRoles::put),
    TAKER(QueueRoles::take),
    PASSER(QueueRoles::pass),
    PIPE_A(PipeRoles::talkAtA),
    PIPE_B(PipeRoles::talkAtB),
    WRITER(ValueRoles::write),
    READER(ValueRoles::read),
    LOCKER(LockRoles::lock),
    FOUNDER(FounderRoles::found);

    private interface Program {
        void play(Part part) throws Exception;
    }

    private final Program program;

    Role(Program program) {
        this.program = program;
    }

    void play(Part part) throws Exception {
        program.play(part);
    }
}
