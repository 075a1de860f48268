package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.scenario.Goal;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Runs producer and consumer processes over a queue and checks that nothing is lost, duplicated or out of order.
 */
@Mojo(
        name = "queue",
        defaultPhase = LifecyclePhase.INTEGRATION_TEST,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
public class QueueMojo extends AbstractRunMojo {

    @Inject
    public QueueMojo(ToolchainManager toolchains) {
        super(Goal.QUEUE, toolchains);
    }
}
