package io.github.ipcharness.maven.check;

import java.util.List;
import java.util.Map;

/** Placeholder: finds a history wrong if an operation's description has the word "wrong" in it. */
public final class Judge {

    public Judge(Guarantee guarantee) {}

    public ObjectVerdict judge(History history) {
        Verdict verdict = new Verdict.Passed("order", "in order");
        for (int i = 0; i < history.size(); i++) {
            if (history.describe(i).contains("wrong")) {
                verdict = new Verdict.Violated("order", "operation " + i + " of " + history.name() + " is wrong", new int[] {i});
            }
        }
        return new ObjectVerdict(
                history.name(), history.kind(), List.of(verdict),
                new Statistics(history.size(), 0, Map.of(), 0, 1, Map.of()));
    }
}
