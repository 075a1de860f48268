package io.github.ipcharness.maven.mojo;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;

import io.github.ipcharness.maven.mojo.programs.Recorded;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

/** A build of a project that has this plugin: the session and the toolchains are mocked, the processes are real. */
final class Build {

    static final String GROUP = "io.github.ipcharness";
    static final String ARTIFACT = "ipc-maven-plugin";

    final Path directory;
    final MavenProject project;
    final MavenSession session = mock(MavenSession.class);
    final ToolchainManager toolchains = mock(ToolchainManager.class);
    final List<String> console = Collections.synchronizedList(new ArrayList<>());
    private final Map<Object, Object> context = new HashMap<>();
    final Properties commandLine = new Properties();
    private final Plugin plugin = new Plugin();
    private MojoExecution.Source source = MojoExecution.Source.LIFECYCLE;
    private Date started = new Date();

    Build(Path directory) throws IOException {
        this.directory = directory;
        plugin.setGroupId(GROUP);
        plugin.setArtifactId(ARTIFACT);
        Model model = new Model();
        model.setBuild(new org.apache.maven.model.Build());
        model.getBuild().addPlugin(plugin);
        model.getBuild().setDirectory(directory.resolve("target").toString());
        model.getBuild().setOutputDirectory(directory.resolve("target/classes").toString());
        model.getBuild().setTestOutputDirectory(testClasses());
        project = new MavenProject(model);
        project.setFile(
                Files.writeString(directory.resolve("pom.xml"), "<project/>").toFile());
        project.setExecutionRoot(true);
        project.setArtifacts(Set.of());
        lenient().doAnswer(invocation -> started).when(session).getStartTime();
        lenient().when(session.getUserProperties()).thenReturn(commandLine);
    }

    private static String testClasses() {
        try {
            return Path.of(Recorded.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Build configured(String id, String... goals) {
        PluginExecution execution = new PluginExecution();
        execution.setId(id);
        execution.setGoals(List.of(goals));
        plugin.addExecution(execution);
        return this;
    }

    Plugin plugin() {
        return plugin;
    }

    Build fromCommandLine() {
        source = MojoExecution.Source.CLI;
        return this;
    }

    Build startedAt(Date date) {
        started = date;
        return this;
    }

    /** A goal that runs the built-in programs. */
    <T extends AbstractScenarioMojo> T builtIn(T goal, String id) {
        T mojo = prepared(goal, id);
        mojo.messages = 100;
        mojo.messageSize = 32;
        mojo.minProcesses = 1;
        mojo.minOperations = 1;
        mojo.timeout = "60s";
        mojo.guarantee = "linearizable";
        mojo.drained = true;
        mojo.classpathScope = "test";
        mojo.reportsDirectory = directory.resolve("target/ipc-reports").toFile();
        mojo.keepRuns = true;
        mojo.failOnUnknown = true;
        return mojo;
    }

    private <T extends AbstractScenarioMojo> T recorded(T goal, String id, String what) {
        T mojo = builtIn(goal, id);
        mojo.producer = new Program();
        mojo.producer.setMainClass(Recorded.class.getName());
        mojo.producer.setArguments(List.of(what));
        return mojo;
    }

    /** A queue goal whose producer runs {@link Recorded}, and whose consumer ends at once. */
    QueueMojo queue(String id, String what) {
        QueueMojo mojo = recorded(new QueueMojo(toolchains), id, what);
        mojo.consumer = new Program();
        mojo.consumer.setCommand(List.of("sh", "-c", "exit 0"));
        return mojo;
    }

    /** A start goal whose producer runs {@link Recorded}, and is ready when it has opened its queue. */
    StartMojo start(String id, String what) {
        StartMojo mojo = recorded(new StartMojo(toolchains), id, what);
        mojo.readyTimeout = "60s";
        mojo.grace = "60s";
        Ready ready = new Ready();
        ready.setObject("orders");
        mojo.producer.setReadyWhen(ready);
        mojo.producer.setStopWhen("exit");
        return mojo;
    }

    StopMojo stop(String id) {
        return prepared(new StopMojo(), id);
    }

    VerifyMojo verify() {
        return prepared(new VerifyMojo(), "default");
    }

    private <T extends AbstractIpcMojo> T prepared(T mojo, String id) {
        MojoExecution execution = mock(MojoExecution.class);
        lenient().when(execution.getExecutionId()).thenReturn(id);
        lenient().when(execution.getSource()).thenReturn(source);
        lenient().when(execution.getGroupId()).thenReturn(GROUP);
        lenient().when(execution.getArtifactId()).thenReturn(ARTIFACT);
        lenient().when(execution.getVersion()).thenReturn("1.0");
        mojo.execution = execution;
        mojo.project = project;
        mojo.session = session;
        mojo.buildDirectory = new File(project.getBuild().getDirectory());
        mojo.setPluginContext(context);
        mojo.setLog(log());
        return mojo;
    }

    Log log() {
        Log log = mock(Log.class);
        doAnswer(call -> console.add("[INFO] " + call.getArgument(0))).when(log).info(anyString());
        doAnswer(call -> console.add("[WARNING] " + call.getArgument(0)))
                .when(log)
                .warn(anyString());
        doAnswer(call -> console.add("[ERROR] " + call.getArgument(0)))
                .when(log)
                .error(anyString());
        lenient()
                .doAnswer(call -> console.add("[INFO] " + call.getArgument(0)))
                .when(log)
                .info(any(CharSequence.class));
        return log;
    }

    Path summary(String scenario) {
        return directory.resolve("target/ipc/summaries").resolve(scenario + ".json");
    }

    Path report(String scenario) {
        return directory.resolve("target/ipc-reports").resolve("TEST-ipc." + scenario + ".xml");
    }
}
