package io.github.ipcharness.ipc.command;

import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcException;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.Removal;
import io.github.ipcharness.ipc.memory.Survey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code java -jar ipc-runtime.jar}: what lies in a namespace, and away with what only the dead have used. */
public final class Main {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int MISUSED = 2;

    private static final String USAGE = """
            usage: java -jar ipc-runtime.jar COMMAND

              list [DIR]              what lies in each namespace, and who takes part
              inspect NAME [DIR]      everything about the objects of this name
              clean [--dry-run] [DIR] removes namespaces in which no process lives, and of the others what
                                      no living process has opened

            DIR is a namespace, or a directory of namespaces. Without it: the one that ipc.home or IPC_HOME
            names, or else all of this user's in shared memory; of these, clean keeps those that record a run.
            Exit codes: 0 done, 1 failed or not found, 2 wrong usage.""";

    private final PrintStream out;

    private Main(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out, System.err));
    }

    static int run(List<String> args, PrintStream out, PrintStream err) {
        try {
            return new Main(out).run(args);
        } catch (Misuse e) {
            err.println("ipc: " + e.getMessage());
            err.println(USAGE);
            return MISUSED;
        } catch (RegionException | IpcException | IOException e) {
            err.println("ipc: " + e.getMessage());
            return FAILED;
        } finally {
            out.flush();
        }
    }

    private int run(List<String> args) throws Misuse, IOException {
        if (args.isEmpty()) {
            throw new Misuse("a command is missing");
        }
        List<String> rest = new ArrayList<>(args.subList(1, args.size()));
        switch (args.get(0)) {
            case "list" -> {
                return list(places(rest, 0));
            }
            case "inspect" -> {
                if (rest.isEmpty()) {
                    throw new Misuse("inspect: NAME is missing");
                }
                return inspect(rest.get(0), places(rest, 1));
            }
            case "clean" -> {
                boolean dryRun = rest.remove("--dry-run");
                return clean(dryRun, !rest.isEmpty(), places(rest, 0));
            }
            case "help", "--help", "-h" -> {
                out.println(USAGE);
                return DONE;
            }
            default -> throw new Misuse("no such command: " + args.get(0));
        }
    }

    /** Said wrong. */
    private static final class Misuse extends Exception {
        private static final long serialVersionUID = 1;

        Misuse(String message) {
            super(message);
        }
    }

    // ---- where ----

    /** The namespaces meant by what follows the first {@code from} arguments. */
    private static List<Path> places(List<String> args, int from) throws Misuse, IOException {
        for (String arg : args) {
            if (arg.startsWith("-")) {
                throw new Misuse("no such option: " + arg);
            }
        }
        if (args.size() > from + 1) {
            throw new Misuse("too much: " + String.join(" ", args.subList(from + 1, args.size())));
        }
        if (args.size() > from) {
            Path directory = Path.of(args.get(from)).toAbsolutePath().normalize();
            List<Path> found = namespacesIn(directory, "*");
            if (found.isEmpty()) {
                throw new IOException("no namespace there: " + directory);
            }
            return found;
        }
        Path home = Ipc.defaultHome();
        boolean named = System.getProperty("ipc.home") != null || System.getenv("IPC_HOME") != null;
        if (named || home.getParent() == null) {
            return Survey.isNamespace(home) ? List.of(home) : List.of();
        }
        return namespacesIn(home.getParent(), "ipc-*");
    }

    private static List<Path> namespacesIn(Path directory, String pattern) throws IOException {
        if (Survey.isNamespace(directory)) {
            return List.of(directory);
        }
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(directory, pattern)) {
                inside.forEach(each -> {
                    if (Survey.isNamespace(each)) {
                        found.add(each);
                    }
                });
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        found.sort(null);
        return found;
    }

    // ---- list ----

    private int list(List<Path> namespaces) {
        if (namespaces.isEmpty()) {
            out.println("no namespace");
        }
        for (Path namespace : namespaces) {
            list(new Survey(namespace));
        }
        return DONE;
    }

    private void list(Survey survey) {
        List<Survey.Member> members = survey.members();
        out.println(survey.namespace());
        if (members.isEmpty()) {
            out.println("  nobody takes part");
        }
        for (Survey.Member member : members) {
            out.println("  " + Facts.text(member));
        }
        Table table = new Table("kind", "name", "bytes", "opened by", "state");
        for (Survey.Item item : survey.items()) {
            table.add(
                    item.kind() == null ? "?" : item.kind().toString(),
                    item.name(),
                    item.region() == null ? "?" : Long.toString(item.region().size()),
                    Facts.openedBy(item, members),
                    Facts.state(survey, item));
        }
        table.print(out, "  ");
    }

    // ---- inspect ----

    private int inspect(String name, List<Path> namespaces) throws IOException {
        List<String> others = new ArrayList<>();
        boolean found = false;
        for (Path namespace : namespaces) {
            Survey survey = new Survey(namespace);
            List<Survey.Member> members = survey.members();
            for (Survey.Item item : survey.items()) {
                if (item.name().equals(name) || item.file().equals(name)) {
                    found = true;
                    inspect(survey, item, members);
                } else {
                    others.add(item.name());
                }
            }
        }
        if (!found) {
            throw new IOException(
                    "nothing is called '" + name + "'; there is " + (others.isEmpty() ? "nothing" : others));
        }
        return DONE;
    }

    private void inspect(Survey survey, Survey.Item item, List<Survey.Member> members) {
        out.println(survey.namespace().resolve(item.file()));
        Table table = new Table();
        Facts.of(survey, item, members).forEach(table::add);
        table.print(out, "  ");
    }

    // ---- clean ----

    private int clean(boolean dryRun, boolean named, List<Path> namespaces) {
        for (Path namespace : namespaces) {
            if (!named && Files.isDirectory(namespace.resolve("histories"))) {
                out.println("kept " + namespace + ": it records a run; name it to have it cleaned");
            } else if (dryRun) {
                wouldClean(namespace);
            } else {
                Removal.run(
                        namespace,
                        removed -> out.println("removed "
                                + (removed.equals(namespace.toString()) ? namespace : namespace.resolve(removed))));
                if (Files.isDirectory(namespace)) {
                    new Kept(namespace).print(out);
                }
            }
        }
        if (namespaces.isEmpty()) {
            out.println("no namespace");
        }
        return DONE;
    }

    private void wouldClean(Path namespace) {
        List<String> files = Removal.look(namespace);
        if (files == null) {
            out.println("would remove " + namespace);
            return;
        }
        for (String file : files) {
            out.println("would remove " + namespace.resolve(file));
        }
    }

    /** Why a namespace is still there. */
    private record Kept(Path namespace) {
        void print(PrintStream out) {
            if (!Survey.isNamespace(namespace)) {
                out.println("kept " + namespace + ": it holds files that are not of this library");
                return;
            }
            long alive = new Survey(namespace)
                    .members().stream().filter(Survey.Member::alive).count();
            out.println("kept " + namespace + ": " + alive + " alive");
        }
    }
}
