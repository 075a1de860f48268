package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.report.Verification;
import java.io.IOException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Fails the build if a scenario failed, could not be decided, or did not run at all, and says why.
 *
 * <p>In a build every scenario of the pom must have left its summary since the build began. Started by itself it reads
 * whatever summaries there are.
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public class VerifyMojo extends AbstractIpcMojo {

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        String skippedBy = skippedBy();
        if (skippedBy != null) {
            getLog().info("verify: skipped (" + skippedBy + ")");
            return;
        }
        Verification verification = verification();
        if (verification.passed()) {
            getLog().info(verification.praise());
        } else if (verification.failed()) {
            throw new MojoFailureException(verification.message());
        } else {
            throw new MojoExecutionException(verification.message());
        }
    }

    private Verification verification() throws MojoExecutionException {
        long notBefore = isFromCommandLine() ? 0 : session.getStartTime().getTime();
        try {
            return Verification.of(layout().summaries(), configured().scenarios(), notBefore);
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }
}
