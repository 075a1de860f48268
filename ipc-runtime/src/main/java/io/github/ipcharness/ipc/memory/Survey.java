package io.github.ipcharness.ipc.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A look at a namespace from outside: who takes part in it, and what lies there. It changes nothing and takes no number. What
 * it says was so at about the time when it was asked.
 */
public final class Survey {

    private final Path namespace;
    private final Participants participants;

    /**
     * @param number of the participant
     * @param pid its process id, as it was seen in its own container; 0 if it had not come to write it
     * @param regions the files of the regions that it has opened since it joined; null if that cannot be told, because it is
     *     of this JVM
     */
    public record Member(int number, long pid, boolean alive, Set<String> regions) {
        /** Whether it has, or may have, opened this region. */
        public boolean has(String file) {
            return regions == null || regions.contains(file);
        }
    }

    /**
     * A file that should be a region.
     *
     * @param region null if it cannot be looked at
     * @param trouble why it cannot; else null
     */
    public record Item(String file, MappedRegion region, String trouble) {
        /** What users call it: for a condition, the lock's name and its own, with a plus sign between them. */
        public String name() {
            return kind() == null ? file : kind().nameIn(file);
        }

        /** Null if that cannot be told. */
        public RegionKind kind() {
            return region == null ? null : region.kind();
        }
    }

    public Survey(Path namespace) {
        this.namespace = namespace;
        this.participants = Participants.look(namespace);
    }

    private Survey(Path namespace, Participants participants) {
        this.namespace = namespace;
        this.participants = participants;
    }

    /** A look by one of the participants. */
    static Survey by(Participants participants, Path namespace) {
        return new Survey(namespace, participants);
    }

    /** Whether processes have met in this directory. */
    public static boolean isNamespace(Path directory) {
        return Files.isRegularFile(numbers(directory), LinkOption.NOFOLLOW_LINKS);
    }

    private static Path numbers(Path namespace) {
        return namespace.resolve(Participants.DIRECTORY).resolve(Participants.NUMBERS);
    }

    public Path namespace() {
        return namespace;
    }

    /** For the classes that read regions: they ask it who lives. */
    public Participants participants() {
        return participants;
    }

    /** All that have not left: the living, and the dead whom nobody has missed yet. */
    public List<Member> members() {
        List<Member> members = new ArrayList<>();
        for (String name : names(namespace.resolve(Participants.DIRECTORY))) {
            if (name.matches("[1-9][0-9]{0,9}")) {
                int number = Integer.parseUnsignedInt(name);
                Member member = member(number);
                if (member != null) {
                    members.add(member);
                }
            }
        }
        members.sort(Comparator.comparingInt(Member::number));
        return members;
    }

    private Member member(int number) {
        if (participants.isOfThisJvm(number)) {
            return new Member(number, ProcessHandle.current().pid(), true, null);
        }
        Path file = namespace.resolve(Participants.DIRECTORY).resolve(Integer.toString(number));
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            // A line that is not whole yet is of somebody who has not opened that region yet.
            String[] lines = text.substring(0, text.lastIndexOf('\n') + 1).split("\n");
            long pid = lines[0].matches("[0-9]{1,18}") ? Long.parseLong(lines[0]) : 0;
            Set<String> regions = new TreeSet<>(List.of(lines).subList(1, lines.length));
            return new Member(number, pid, participants.isAlive(number), regions);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new RegionException("cannot read " + file + ": " + e, e);
        }
    }

    /** All files that should be regions, by name. */
    public List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (String name : names(namespace)) {
            Path file = namespace.resolve(name);
            if (!name.startsWith(".") && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                items.add(item(name, file));
            }
        }
        items.sort(Comparator.comparing(Item::file));
        return items;
    }

    private static Item item(String name, Path file) {
        try {
            return new Item(name, MappedRegion.openToLook(file), null);
        } catch (RegionException e) {
            return new Item(name, null, e.getMessage());
        }
    }

    static List<String> names(Path directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                names.add(file.getFileName().toString());
            }
            return names;
        } catch (NoSuchFileException e) {
            return names;
        } catch (IOException | DirectoryIteratorException e) {
            throw new RegionException("cannot look into " + directory + ": " + e, e);
        }
    }
}
