package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.scenario.Goal;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Runs two processes over a duplex pipe and checks both directions: order, completeness, end of stream.
 */
@Mojo(
        name = "pipe",
        defaultPhase = LifecyclePhase.INTEGRATION_TEST,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
public class PipeMojo extends AbstractRunMojo {

    @Inject
    public PipeMojo(ToolchainManager toolchains) {
        super(Goal.PIPE, toolchains);
    }
}
