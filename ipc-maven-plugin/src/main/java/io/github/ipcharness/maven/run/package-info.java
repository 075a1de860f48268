/**
 * Runs a scenario's processes and leaves what they did on disk: histories, logs, how each one ended.
 *
 * <p>Whatever happens to the build, nothing stays behind: not a process, not a file in shared memory. Four nets, each
 * for what the one before lets through: the runner's own {@code finally}; a shutdown hook, for an interrupted build; a
 * {@linkplain io.github.ipcharness.maven.run.Supervisor supervisor} process, for a killed one; and every process that
 * was started, directly or not, carries the run's directory in its environment, by which it is found even when its
 * parent is gone.
 */
package io.github.ipcharness.maven.run;
