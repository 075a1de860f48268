package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A busy process on every core. They carry the run's home, so whoever cleans up finds them. */
final class StarveInjection extends Injection {

    private final Path home;
    private final List<Process> busy = new ArrayList<>();
    private long since;

    StarveInjection(Fault fault, Path home) {
        super(fault);
        this.home = home;
    }

    @Override
    void strike(WorkerProcess victim) throws IOException {
        for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", "while :; do :; done");
            builder.environment().put("IPC_HOME", home.toString());
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            busy.add(builder.start());
        }
        since = System.nanoTime();
        inForce(Set.of(), since);
    }

    @Override
    void proceed() {
        if (System.nanoTime() - since >= fault().duration().toNanos()) {
            undo();
        }
    }

    @Override
    void undo() {
        over(System.nanoTime());
        ProcessTree.end(busy.stream().map(Process::toHandle).toList());
    }
}
