package io.github.ipcharness.maven.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what a pom says about one fault into {@link Fault}s, one for each process, and refuses what makes no sense. */
public final class FaultBuilder {

    private static final String ALL = "all";

    private final FaultKind kind;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    /** @param name the element's name in a pom */
    public FaultBuilder(String name) {
        this.kind = FaultKind.parse(name);
    }

    /** @param value null or blank as if it were not there */
    public FaultBuilder set(String parameter, String value) {
        if (!kind.parameters().contains(parameter)) {
            throw new InvalidScenarioException("faults." + kind + " must have parameters of "
                    + String.join(", ", kind.parameters()) + ": " + parameter);
        }
        if (value != null && !value.isBlank()) {
            parameters.put(parameter, value.trim());
        }
        return this;
    }

    private String name(String parameter) {
        return "faults." + kind + "." + parameter;
    }

    void addTo(FaultPlan plan) {
        Scenario run = plan.run();
        Role role = role();
        ProgramSpec program = run.program(role);
        if (kind == FaultKind.RESTART && run.goal() == Goal.PIPE && program.builtIn()) {
            throw new InvalidScenarioException("faults.restart cannot be of a built-in program of a pipe,"
                    + " whose end no second process can hold: " + role);
        }
        boolean processDrawn = !parameters.containsKey("process") && program.count() > 1;
        boolean triggerDrawn =
                kind != FaultKind.SLOW && !parameters.containsKey("after") && !parameters.containsKey("afterMessages");
        Duration duration = duration(run.timeout());
        Duration delay = kind == FaultKind.SLOW ? Durations.parse(name("delay"), parameters.get("delay")) : null;
        for (int process : processes(program, plan)) {
            Trigger trigger = triggerDrawn ? plan.drawTrigger(kind, role) : trigger(run.timeout());
            plan.add(new Fault(kind, role, process, trigger, duration, delay, processDrawn || triggerDrawn));
        }
    }

    private Role role() {
        String text = parameters.get("role");
        if (text == null && kind == FaultKind.STARVE) {
            return Role.PRODUCER;
        }
        for (Role role : Role.values()) {
            if (role.toString().equals(text)) {
                return role;
            }
        }
        throw new InvalidScenarioException(
                name("role") + " must be producer or consumer: " + (text == null ? "none is given" : text));
    }

    private List<Integer> processes(ProgramSpec program, FaultPlan plan) {
        String text = parameters.get("process");
        if (text == null) {
            return List.of(plan.drawProcess(program.role()));
        }
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < program.count(); i++) {
            if (text.equals(ALL) && kind != FaultKind.STARVE || text.equals(Integer.toString(i))) {
                all.add(i);
            }
        }
        if (all.isEmpty()) {
            throw new InvalidScenarioException(name("process") + " must be from 0 to " + (program.count() - 1)
                    + (kind == FaultKind.STARVE ? "" : ", or " + ALL) + ", since " + program.role() + ".count is "
                    + program.count() + ": " + text);
        }
        return all;
    }

    private Trigger trigger(Duration timeout) {
        String after = parameters.get("after");
        String messages = parameters.get("afterMessages");
        if (after != null && messages != null) {
            throw new InvalidScenarioException("faults." + kind + ": give after or afterMessages, not both: after is "
                    + after + ", afterMessages is " + messages);
        }
        if (messages != null) {
            return Trigger.afterMessages(messages(messages));
        }
        return after == null ? null : Trigger.after(withinTimeout("after", after, timeout));
    }

    private long messages(String text) {
        long number = text.matches("\\d{1,10}") ? Long.parseLong(text) : 0;
        if (number < 1 || number > Scenario.MAX_MESSAGES) {
            throw new InvalidScenarioException(
                    name("afterMessages") + " must be a whole number from 1 to " + Scenario.MAX_MESSAGES + ": " + text);
        }
        return number;
    }

    private Duration duration(Duration timeout) {
        String text = parameters.get("duration");
        boolean needed = kind == FaultKind.PAUSE || kind == FaultKind.STARVE;
        return text == null && !needed ? null : withinTimeout("duration", text, timeout);
    }

    private Duration withinTimeout(String parameter, String text, Duration timeout) {
        Duration duration = Durations.parse(name(parameter), text);
        if (duration.compareTo(timeout) >= 0) {
            throw new InvalidScenarioException(name(parameter) + " must be less than ipc.timeout, which is "
                    + Durations.write(timeout) + ": " + text);
        }
        return duration;
    }
}
