package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/** What the project's model has of this plugin. */
final class Configured {

    /** Which of several runs it is that is to be repeated, the seed and the cell say. */
    private static final Set<String> OF_SEVERAL_RUNS = Set.of("ipc.seed", "ipc.cell", "ipc.repeat", "ipc.duration");

    private final MavenProject project;
    private final MojoExecution self;
    private final Properties commandLine;

    /** @param commandLine the properties that the user has set for this build */
    Configured(MavenProject project, MojoExecution self, Properties commandLine) {
        this.project = project;
        this.self = self;
        this.commandLine = commandLine;
    }

    /** The file names of all scenarios that a whole build runs. */
    Set<String> scenarios() {
        Set<String> names = new TreeSet<>();
        for (PluginExecution execution : executions()) {
            Arrays.stream(Goal.values())
                    .filter(goal -> execution.getGoals().contains(goal.toString()))
                    .forEach(goal -> names.add(Scenario.fileName(goal, execution.getId())));
        }
        return names;
    }

    /** Whether a failure that is kept for {@code ipc:verify} will be seen. */
    boolean hasVerify() {
        return executions().stream().anyMatch(execution -> execution.getGoals().contains("verify"));
    }

    /** Whether what {@code ipc:start} has started will be stopped. */
    boolean hasStop() {
        return executions().stream().anyMatch(execution -> execution.getGoals().contains("stop"));
    }

    /** Whether this is how a command line calls this goal of this plugin: {@code ipc:stop}, {@code ipc:stop@orders}. */
    boolean isCall(String word, String goal) {
        String plugin = "(ipc|" + Pattern.quote(self.getGroupId() + ":" + self.getArtifactId()) + "(:[^:]+)?)";
        return word.matches(plugin + ":" + goal + "(@.+)?");
    }

    /** Whether the plugin's prefix is known in this project. */
    boolean hasPlugin() {
        return project.getBuildPlugins().stream().anyMatch(this::isThisPlugin);
    }

    private List<PluginExecution> executions() {
        Predicate<PluginExecution> never = execution -> "none".equalsIgnoreCase(execution.getPhase());
        return project.getBuildPlugins().stream()
                .filter(this::isThisPlugin)
                .flatMap(plugin -> plugin.getExecutions().stream())
                .filter(never.negate())
                .toList();
    }

    private boolean isThisPlugin(Plugin plugin) {
        return plugin.getArtifactId().equals(self.getArtifactId())
                && plugin.getGroupId().equals(self.getGroupId());
    }

    /** The command that runs a scenario again, from the directory in which this build was started. */
    String repeat(Scenario scenario) {
        StringBuilder line = new StringBuilder("mvn");
        if (!project.isExecutionRoot() && project.getFile() != null) {
            line.append(" -f ").append(quoted(project.getFile().toString()));
        }
        if (scenario.goal() == Goal.START) {
            return line.append(" verify").toString();
        }
        line.append(" test-compile ")
                .append(hasPlugin() ? "ipc" : self.getGroupId() + ":" + self.getArtifactId() + ":" + self.getVersion())
                .append(':')
                .append(scenario.goal());
        if (!scenario.id().equals("default-cli")) {
            line.append(quoted("@" + scenario.id()));
        }
        if (scenario.hasDrawn()) {
            line.append(" -Dipc.seed=").append(scenario.seed());
        }
        if (!scenario.cell().isEmpty()) {
            line.append(" -D").append(quoted("ipc.cell=" + scenario.cell()));
        }
        for (String name : new TreeSet<>(commandLine.stringPropertyNames())) {
            if (name.startsWith("ipc.") && !OF_SEVERAL_RUNS.contains(name)) {
                line.append(" -D").append(quoted(name + "=" + commandLine.getProperty(name)));
            }
        }
        return line.toString();
    }

    private static String quoted(String word) {
        return word.matches("[\\p{L}\\p{N}@._/:=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
