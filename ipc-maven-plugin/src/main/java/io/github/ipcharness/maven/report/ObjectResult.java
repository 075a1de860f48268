package io.github.ipcharness.maven.report;

import io.github.ipcharness.maven.check.History;
import io.github.ipcharness.maven.check.Judge;
import io.github.ipcharness.maven.check.ObjectVerdict;
import io.github.ipcharness.maven.check.Verdict;
import io.github.ipcharness.maven.scenario.FaultEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One object's verdict, with the operations that prove the violation in words, so that the history need not be kept.
 *
 * @param witness of the first violation; empty if there is none
 */
public record ObjectResult(ObjectVerdict verdict, List<String> witness) {

    private static final int MAX_WITNESS = 12;

    public ObjectResult {
        witness = List.copyOf(witness);
    }

    /** @param faults what was done to the processes while they made these operations */
    public static ObjectResult of(Judge judge, History history, List<FaultEvent> faults) {
        ObjectVerdict verdict = judge.judge(history);
        List<String> witness = new ArrayList<>();
        verdict.firstViolation().map(Verdict.Violated::witness).ifPresent(operations -> {
            int[] shown = Arrays.copyOf(operations, Math.min(operations.length, MAX_WITNESS));
            witness.addAll(TimeLine.draw(history, shown, marks(faults)));
            if (witness.isEmpty()) {
                Arrays.stream(shown).mapToObj(history::describe).forEach(witness::add);
            }
            if (operations.length > MAX_WITNESS) {
                witness.add("and " + (operations.length - MAX_WITNESS) + " more");
            }
        });
        return new ObjectResult(verdict, witness);
    }

    private static List<TimeLine.Mark> marks(List<FaultEvent> faults) {
        return faults.stream()
                .filter(event -> event.missed() == null)
                .map(event -> new TimeLine.Mark(
                        event.from(), event.fault().kind() + " " + event.fault().label()))
                .toList();
    }

    /** {@code queue orders}. */
    public String title() {
        return verdict.kind() + " " + verdict.object();
    }
}
