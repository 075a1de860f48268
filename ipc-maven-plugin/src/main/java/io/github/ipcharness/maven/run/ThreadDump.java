package io.github.ipcharness.maven.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM wrote about its threads when it was asked, and the part of it that a person wants to see first. */
final class ThreadDump {

    private static final int MAX_THREADS = 6;
    private static final int MAX_FRAMES = 12;
    private static final int MAX_DEADLOCK_LINES = 30;

    /** What every JVM has, and what it does is no news. */
    private static final Set<String> HOUSEKEEPING = Set.of(
            "Reference Handler",
            "Finalizer",
            "Signal Dispatcher",
            "Attach Listener",
            "Notification Thread",
            "Common-Cleaner",
            "Service Thread",
            "Monitor Deflation Thread");

    private static final Pattern HEADER = Pattern.compile("^\"(.*)\" .*(?:prio=|tid=|virtual).*");
    private static final String FRAME = "\tat ";
    private static final String LOCK = "\t- ";
    private static final String STATE = "java.lang.Thread.State: ";
    private static final String DEADLOCK = "Found one Java-level deadlock";

    private ThreadDump() {}

    /** The user's threads that are in some Java method, with the upper ends of their stacks, and a deadlock, if there is. */
    static List<String> tell(List<String> dump) {
        List<List<String>> threads = threads(dump);
        List<String> told = new ArrayList<>();
        threads.stream().limit(MAX_THREADS).forEach(told::addAll);
        if (threads.size() > MAX_THREADS) {
            told.add("and " + (threads.size() - MAX_THREADS) + " more");
        }
        for (int i = 0; i < dump.size(); i++) {
            if (dump.get(i).startsWith(DEADLOCK)) {
                dump.subList(i, Math.min(dump.size(), i + MAX_DEADLOCK_LINES)).stream()
                        .filter(line -> !line.isBlank())
                        .forEach(told::add);
                break;
            }
        }
        return told;
    }

    private static List<List<String>> threads(List<String> dump) {
        List<List<String>> threads = new ArrayList<>();
        for (int i = 0; i < dump.size(); i++) {
            Matcher header = HEADER.matcher(dump.get(i));
            if (header.matches() && !HOUSEKEEPING.contains(header.group(1))) {
                List<String> thread = thread(header.group(1), dump.subList(i + 1, dump.size()));
                if (thread.size() > 1) {
                    threads.add(thread);
                }
            }
            if (dump.get(i).startsWith(DEADLOCK)) {
                break; // What follows tells the same stacks again.
            }
        }
        return threads;
    }

    /** Its name and state, and its stack. */
    private static List<String> thread(String name, List<String> rest) {
        List<String> thread = new ArrayList<>();
        thread.add("\"" + name + "\"");
        int frames = 0;
        for (String line : rest) {
            String text = line.strip();
            if (text.isEmpty() || HEADER.matcher(line).matches()) {
                break;
            }
            if (text.startsWith(STATE)) {
                thread.set(0, "\"" + name + "\" " + text.substring(STATE.length()));
            } else if (line.startsWith(FRAME) && frames++ < MAX_FRAMES
                    || line.startsWith(LOCK) && frames <= MAX_FRAMES) {
                thread.add("    " + text);
            }
        }
        return frames == 0 ? List.of() : thread;
    }
}
