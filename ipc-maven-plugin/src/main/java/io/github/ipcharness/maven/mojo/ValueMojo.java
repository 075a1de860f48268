package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.scenario.Goal;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Runs writer and reader processes over shared values and locks and checks that no read is torn or stale, no update
 * lost, and no lock held twice.
 */
@Mojo(
        name = "value",
        defaultPhase = LifecyclePhase.INTEGRATION_TEST,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
public class ValueMojo extends AbstractRunMojo {

    @Inject
    public ValueMojo(ToolchainManager toolchains) {
        super(Goal.VALUE, toolchains);
    }
}
