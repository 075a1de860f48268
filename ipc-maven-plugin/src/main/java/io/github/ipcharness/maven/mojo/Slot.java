package io.github.ipcharness.maven.mojo;

import java.util.Map;
import org.apache.maven.plugin.MojoExecutionException;

/**
 * Where {@code ipc:start} leaves a running scenario for {@code ipc:stop}: in what Maven keeps of this plugin and this
 * project for the length of a build. There is one in a project, since its tests have one {@code ipc.home}.
 */
record Slot(Map<Object, Object> context) {

    private static final String KEY = "ipc.background";

    void requireFree(String id) throws MojoExecutionException {
        if (context.get(KEY) instanceof Background running) {
            throw new MojoExecutionException(
                    "ipc:start can have one scenario running in a project, whose tests have one" + " ipc.home: stop "
                            + running.execution().scenario().id() + " before " + id + " is started");
        }
    }

    void put(Background background) {
        context.put(KEY, background);
    }

    void putSkipped(String because) {
        context.put(KEY, because);
    }

    /** By what {@code ipc:start} was skipped; null if it was not. */
    String skippedBy() {
        return context.get(KEY) instanceof String because ? because : null;
    }

    Background take() throws MojoExecutionException {
        if (context.remove(KEY) instanceof Background background) {
            return background;
        }
        throw new MojoExecutionException(
                "ipc:stop has nothing to stop: ipc:start has not run in this project since the build began");
    }
}
