package io.github.ipcharness.maven.check;

import java.util.SplittableRandom;

/** A real object in one thread: {@link Simulation} makes processes use it. */
interface Device {

    /** What the process asks for next. */
    Op ask(int process, SplittableRandom random);

    /** Does what was asked for, at once; the answer has an outcome, and the value that came out. */
    Op answer(Op asked);
}
