package io.github.ipcharness.ipc.memory;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Removes what only the dead have used: a whole namespace if nobody lives in it, or else the regions that nobody has opened
 * who lives.
 *
 * <p>It is safe while others come and go, because each side first says what it does and then looks (Dekker 1965). Who opens a
 * region writes that into its own file, and then looks whether the region is marked as being removed; who removes marks it,
 * and then looks into the files of all who live. Likewise who joins locks its file and then looks whether the namespace is
 * being removed, and who removes says so in the numbers and then looks who lives. Whoever finds the other one there gives way:
 * the remover leaves it, the comer waits and looks again by name. A remover that is killed in the middle leaves a mark of a
 * dead participant, which the next one takes away; what is left then is whole. One that is stopped in the middle keeps those
 * waiting who come to what it removes, because it is not dead; after ten seconds they get an error that says so.
 *
 * <p>The numbers go last: as long as any region is there, which may hold the numbers of the dead, none is given again.
 */
public final class Removal {

    private final Path namespace;
    private final Participants self;
    private final Consumer<String> removed;

    private Removal(Path namespace, Participants self, Consumer<String> removed) {
        this.namespace = namespace;
        this.self = self;
        this.removed = removed;
    }

    /**
     * Removes from this namespace what only the dead have used.
     *
     * @param removed told of each region, by the name of its file, and of the namespace, by its path
     */
    public static void run(Path namespace, Consumer<String> removed) {
        Participants self = Participants.join(namespace);
        try {
            new Removal(namespace, self, removed).run();
        } finally {
            self.leave();
        }
        Path directory = namespace.resolve(Participants.DIRECTORY);
        if (!Survey.isNamespace(namespace)) {
            // This participant's own file was the last one.
            deleteIfEmpty(directory);
            if (deleteIfEmpty(namespace)) {
                removed.accept(namespace.toString());
            }
        }
    }

    /**
     * What {@link #run} would remove, as far as can be told without doing it.
     *
     * @return the names of files; null for the whole namespace
     */
    public static List<String> look(Path namespace) {
        Survey survey = new Survey(namespace);
        List<Survey.Member> members = survey.members();
        if (members.stream().noneMatch(Survey.Member::alive)) {
            return null;
        }
        List<String> files = new ArrayList<>();
        for (Survey.Item item : survey.items()) {
            if (item.kind() != null
                    && members.stream().noneMatch(member -> member.alive() && member.has(item.file()))) {
                files.add(item.file());
            }
        }
        return files;
    }

    private void run() {
        if (!self.beginRemoval()) {
            throw new RegionException("is being removed by another process at this moment: " + namespace);
        }
        boolean alone = false;
        try {
            VarHandle.fullFence();
            alone = Survey.by(self, namespace).members().stream().noneMatch(this::isAnotherWhoLives);
            if (alone) {
                removeAll();
            }
        } finally {
            // If it is removed, who comes now finds no numbers, and begins anew.
            self.endRemoval();
        }
        if (!alone) {
            removeWhatNobodyHas();
        }
    }

    private boolean isAnotherWhoLives(Survey.Member member) {
        return member.alive() && member.number() != self.self();
    }

    // ---- a namespace in which nobody lives ----

    private void removeAll() {
        for (Survey.Item item : Survey.by(self, namespace).items()) {
            if (item.region() != null) {
                delete(namespace.resolve(item.file()));
                removed.accept(item.file());
            }
        }
        for (String name : Survey.names(namespace)) {
            if (name.matches("\\..+(\\.new|\\+[0-9a-f]+\\+[0-9a-f]+)")) {
                delete(namespace.resolve(name));
            }
        }
        removeDirectory("bells", "[0-9]+-[0-9]+");
        removeDirectory("histories", ".+\\.history");
        Path directory = namespace.resolve(Participants.DIRECTORY);
        for (String name : Survey.names(directory)) {
            if (name.matches("[0-9]+|\\..+\\.new") && !name.equals(Integer.toString(self.self()))) {
                delete(directory.resolve(name));
            }
        }
        delete(directory.resolve(Participants.NUMBERS));
    }

    private void removeDirectory(String name, String files) {
        Path directory = namespace.resolve(name);
        for (String file : Survey.names(directory)) {
            if (file.matches(files)) {
                delete(directory.resolve(file));
            }
        }
        deleteIfEmpty(directory);
    }

    // ---- a namespace in which somebody lives ----

    private void removeWhatNobodyHas() {
        for (Survey.Item item : Survey.by(self, namespace).items()) {
            if (item.kind() != null && isNobodys(item.file())) {
                remove(item.file(), item.kind());
            }
        }
    }

    private boolean isNobodys(String file) {
        VarHandle.fullFence();
        return Survey.by(self, namespace).members().stream()
                .noneMatch(member -> isAnotherWhoLives(member) && member.has(file));
    }

    private void remove(String file, RegionKind kind) {
        MappedRegion region = MappedRegion.openIfThere(namespace.resolve(file), kind);
        if (region == null) {
            return;
        }
        int before = region.remover();
        if (before != Participants.NOBODY && self.isAlive(before) || !region.changeRemover(before, self.self())) {
            return;
        }
        if (!isNobodys(file)) {
            region.changeRemover(self.self(), Participants.NOBODY);
            return;
        }
        region.removeName();
        new SpillFiles(region, self).deleteAll();
        removed.accept(file);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new RegionException("cannot delete " + file + ": " + e, e);
        }
    }

    /** False if there is something in it that is not ours. */
    private static boolean deleteIfEmpty(Path directory) {
        try {
            Files.deleteIfExists(directory);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (IOException e) {
            throw new RegionException("cannot delete " + directory + ": " + e, e);
        }
    }
}
