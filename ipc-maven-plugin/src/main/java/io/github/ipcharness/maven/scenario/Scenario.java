package io.github.ipcharness.maven.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One execution of one goal: what runs, how much of it, and for how long at most. Immutable, and valid if it exists.
 *
 * @param id the execution's id, which is the scenario's name
 * @param cell which of the combinations of JDKs and JVM modes of this execution; empty if there is only one
 * @param messages how many each producer is to send
 * @param messageSize in bytes
 * @param capacity in messages; empty leaves it to the program
 * @param seed of whatever a program draws at random
 * @param jitter how long the built-in programs hesitate at most before some operations
 * @param drained whether at the end everything acknowledged must have been taken
 * @param enough what a run must at least have put to the test
 * @param faults what is done to the processes on purpose
 */
public record Scenario(
        Goal goal,
        String id,
        String cell,
        ProgramSpec producer,
        ProgramSpec consumer,
        int messages,
        int messageSize,
        OptionalInt capacity,
        long seed,
        Duration jitter,
        Duration timeout,
        boolean drained,
        Thresholds enough,
        List<Fault> faults) {

    public static final int MAX_MESSAGES = 2_000_000_000;
    public static final int MIN_MESSAGE_SIZE = 8;
    public static final int MAX_MESSAGE_SIZE = 64 << 20;
    public static final int MAX_CAPACITY = 1 << 30;

    /** Stands between the names of a scenario and of its cell; no id has it. */
    public static final String CELL = "@";

    private static final Pattern ID = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._ -]{0,99}");

    public Scenario {
        faults = List.copyOf(faults);
    }

    /** The name of the scenario's files: two goals of one execution share its id. */
    public String fileName() {
        return fileName(goal, id) + (cell.isEmpty() ? "" : CELL + cell);
    }

    /** {@code queue orders}, {@code queue orders [17-to-25]}. */
    public String title() {
        return title(goal.toString(), id, cell);
    }

    public static String title(String goal, String id, String cell) {
        return goal + " " + id + (cell.isEmpty() ? "" : " [" + cell + "]");
    }

    public static String fileName(Goal goal, String id) {
        return goal + "-" + id;
    }

    /** Whether an execution's id can name files. */
    public static boolean isName(String id) {
        return ID.matcher(id).matches() && !id.endsWith(" ") && !id.endsWith(".");
    }

    public List<ProgramSpec> programs() {
        return List.of(producer, consumer);
    }

    public ProgramSpec program(Role role) {
        return role == Role.PRODUCER ? producer : consumer;
    }

    /** Whether anything that happens in it was drawn at random, so that only its seed brings it back. */
    public boolean hasDrawn() {
        return producer.builtIn() || consumer.builtIn() || faults.stream().anyMatch(Fault::drawn);
    }

    private Scenario with(List<Fault> more) {
        return new Scenario(
                goal,
                id,
                cell,
                producer,
                consumer,
                messages,
                messageSize,
                capacity,
                seed,
                jitter,
                timeout,
                drained,
                enough,
                more);
    }

    /** What a scenario is made of before it has been looked at. */
    public static final class Builder {

        private final Goal goal;
        private final String id;
        private final Path baseDirectory;
        private String cell = "";
        private ProgramBuilder producer = new ProgramBuilder(Role.PRODUCER);
        private ProgramBuilder consumer = new ProgramBuilder(Role.CONSUMER);
        private int messages = 10_000;
        private int messageSize = 32;
        private Integer capacity;
        private long seed;
        private String jitter;
        private String timeout = "60s";
        private boolean drained = true;
        private Thresholds enough = new Thresholds(2, 1, 0);
        private List<FaultBuilder> faults = List.of();

        /** @param baseDirectory where programs run if they do not say otherwise */
        public Builder(Goal goal, String id, Path baseDirectory) {
            this.goal = goal;
            this.id = id;
            this.baseDirectory = baseDirectory;
        }

        /** @param value empty if there is only one */
        public Builder cell(String value) {
            cell = value;
            return this;
        }

        public Builder producer(ProgramBuilder value) {
            producer = value;
            return this;
        }

        public Builder consumer(ProgramBuilder value) {
            consumer = value;
            return this;
        }

        public Builder messages(int value) {
            messages = value;
            return this;
        }

        public Builder messageSize(int value) {
            messageSize = value;
            return this;
        }

        /** @param value null leaves it to the program */
        public Builder capacity(Integer value) {
            capacity = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** @param value null for none */
        public Builder jitter(String value) {
            jitter = value;
            return this;
        }

        public Builder timeout(String value) {
            timeout = value;
            return this;
        }

        public Builder drained(boolean value) {
            drained = value;
            return this;
        }

        public Builder enough(Thresholds value) {
            enough = value;
            return this;
        }

        public Builder faults(List<FaultBuilder> value) {
            faults = List.copyOf(value);
            return this;
        }

        /** @throws InvalidScenarioException if a parameter is wrong */
        public Scenario build() {
            if (!isName(id)) {
                throw new InvalidScenarioException(
                        "the execution's id names files, so it must be from 1 to 100 letters,"
                                + " digits, dots, dashes, underscores and spaces, and begin with a letter or digit: "
                                + id);
            }
            between("ipc.messages", 1, MAX_MESSAGES, messages);
            between("ipc.messageSize", MIN_MESSAGE_SIZE, MAX_MESSAGE_SIZE, messageSize);
            if (capacity != null) {
                between("ipc.capacity", 1, MAX_CAPACITY, capacity);
            }
            ProgramSpec taker = consumer.build(goal, baseDirectory);
            Scenario faultless = new Scenario(
                    goal,
                    id,
                    cell,
                    producer.build(goal, baseDirectory),
                    taker,
                    messages,
                    messageSize,
                    capacity == null ? OptionalInt.empty() : OptionalInt.of(capacity),
                    seed,
                    jitter == null ? Duration.ZERO : Durations.parse("ipc.jitter", jitter),
                    Durations.parse("ipc.timeout", timeout),
                    drained && takesAll(taker),
                    enough,
                    List.of());
            return faultless.with(new FaultPlan(faultless, faults).faults());
        }

        /** Tests may leave what they like, and so may a service that need not empty a queue before it is stopped. */
        private static boolean takesAll(ProgramSpec consumer) {
            return consumer.count() > 0 && consumer.stopWhen() != StopWhen.STOP;
        }

        private static void between(String parameter, int least, int most, int found) {
            if (found < least || found > most) {
                throw new InvalidScenarioException(parameter + " must be from " + least + " to " + most + ": " + found);
            }
        }
    }
}
