package io.github.ipcharness.maven.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Placeholder: finds only what was taken twice. */
public final class Judge {

    public Judge(Guarantee guarantee) {}

    public ObjectVerdict judge(History history) {
        Verdict verdict = new Verdict.Passed("duplicates", "nothing was taken twice");
        Map<String, Integer> gets = new HashMap<>();
        for (int i = 0; i < history.size(); i++) {
            Integer before = history.describe(i).startsWith("get ok") ? gets.put(history.describe(i), i) : null;
            if (before != null) {
                verdict = new Verdict.Violated(
                        "duplicates", history.describe(i) + " twice from " + history.name(), new int[] {before, i});
            }
        }
        return new ObjectVerdict(
                history.name(),
                history.kind(),
                List.of(verdict),
                new Statistics(history.size(), 0, Map.of(), 0, 1, Map.of()));
    }
}
