package io.github.ipcharness.maven.check;

import java.util.ArrayList;
import java.util.List;

/**
 * All rules of a queue.
 *
 * <p>For an unbounded queue with distinct values they are sound and complete for linearizability: {@link DeliveryRule}
 * says what may come out at all, {@link OrderRule} in what order, {@link EmptyRule} when nothing may come out. {@link
 * CapacityRule} adds the bound. Weaker guarantees leave out the order, or all of it but each producer's.
 */
final class QueueCheck {

    private final Guarantee guarantee;

    QueueCheck(Guarantee guarantee) {
        this.guarantee = guarantee;
    }

    List<Verdict> judge(History history) {
        Transfers transfers = Transfers.ofQueue(history);
        List<Verdict> verdicts = new ArrayList<>();
        if (!transfers.repeated.isEmpty()) {
            verdicts.add(repeated(transfers, "queue"));
            return verdicts;
        }
        boolean sane = deliveries(transfers, verdicts);
        if (sane && history.clockDoubt() == null) {
            order(transfers, verdicts);
            verdicts.add(EmptyRule.check(transfers, transfers.empties, "the queue empty"));
            capacity(transfers, verdicts);
        }
        return verdicts;
    }

    /** Which values came out; stamps of different processes need not be comparable, but for the last of these. */
    static boolean deliveries(Transfers transfers, List<Verdict> verdicts) {
        verdicts.add(DeliveryRule.duplicate(transfers));
        verdicts.add(DeliveryRule.invented(transfers));
        if (DeliveryRule.isDrained(transfers)) {
            verdicts.add(DeliveryRule.loss(transfers));
        }
        return verdicts.get(0) instanceof Verdict.Passed && verdicts.get(1) instanceof Verdict.Passed;
    }

    static Verdict repeated(Transfers transfers, String kind) {
        int[] pair = transfers.repeated.get(0);
        History history = transfers.history;
        String why = "the value " + history.valueText(pair[0]) + " went in twice (" + history.brief(pair[0]) + " and "
                + history.brief(pair[1]) + "): a " + kind + "'s values must be distinct to be judged";
        return new Verdict.Unknown("distinct", why + Words.more(transfers.repeated.size() - 1));
    }

    private void order(Transfers transfers, List<Verdict> verdicts) {
        switch (guarantee) {
            case LINEARIZABLE -> verdicts.add(OrderRule.linearizable(transfers));
            case PRODUCER_ORDER -> verdicts.add(OrderRule.producerOrder(transfers));
            case UNORDERED -> {
                // The order is free.
            }
        }
    }

    private void capacity(Transfers transfers, List<Verdict> verdicts) {
        if (transfers.history.capacity().isEmpty()) {
            return;
        }
        long capacity = transfers.history.capacity().getAsLong();
        verdicts.add(CapacityRule.overfull(transfers, capacity));
        verdicts.add(CapacityRule.full(transfers, capacity));
        if (verdicts.stream().allMatch(Verdict.Passed.class::isInstance)) {
            Verdict exact = CapacityRule.exact(transfers, capacity, guarantee);
            if (exact != null) {
                verdicts.add(exact);
            }
        }
    }
}
