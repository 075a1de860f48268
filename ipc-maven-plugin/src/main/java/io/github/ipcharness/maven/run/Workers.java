package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.ProgramSpec;
import io.github.ipcharness.maven.scenario.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The processes of one run, in the order of their start; a fault may start more while the run lasts. */
final class Workers {

    private final List<WorkerProcess> all = new CopyOnWriteArrayList<>();
    private final CommandLines commandLines;
    private final RunDirectory directory;
    private final Consumer<String> console;

    Workers(CommandLines commandLines, RunDirectory directory, Consumer<String> console) {
        this.commandLines = commandLines;
        this.directory = directory;
        this.console = console;
    }

    /**
     * @param index which process of its role it is; one that is there already is started again
     * @param restart which of its role's restarts this is, from 1; 0 if it is none
     */
    WorkerProcess start(ProgramSpec program, int index, int restart) throws IOException {
        long lives = lives(program.role(), index).count();
        // As the histories' reader tells two processes of one name apart.
        String label = program.label(index) + (lives == 0 ? "" : "#" + (lives + 1));
        CommandLine commandLine = commandLines.of(program, index, label, restart);
        Path log = directory.log(label);
        ProcessOutput output = new ProcessOutput(label, log, console);
        try {
            WorkerProcess worker = WorkerProcess.start(program, index, label, commandLine, log, output);
            all.add(worker);
            return worker;
        } catch (IOException e) {
            output.close();
            throw new IOException(
                    label + " could not be started: " + e.getMessage() + "; by hand: " + commandLine.shellLine(), e);
        }
    }

    List<WorkerProcess> all() {
        return all;
    }

    private Stream<WorkerProcess> lives(Role role, int index) {
        return all.stream().filter(worker -> worker.program().role() == role && worker.index() == index);
    }

    /** The last one that was started of this number. */
    WorkerProcess current(Role role, int index) {
        return lives(role, index).reduce((first, second) -> second).orElseThrow();
    }

    Stream<WorkerProcess> of(Role role) {
        return all.stream().filter(worker -> worker.program().role() == role);
    }

    List<ProcessHandle> handles() {
        return all.stream().map(WorkerProcess::handle).toList();
    }

    /** Whether a fault has killed the process of this id. */
    boolean wasKilled(long pid) {
        return all.stream().anyMatch(worker -> worker.wasStruck(pid));
    }

    boolean anyAlive() {
        return all.stream().anyMatch(WorkerProcess::isAlive);
    }

    boolean isOneOf(ProcessHandle process) {
        return all.stream().anyMatch(worker -> worker.pid() == process.pid());
    }
}
