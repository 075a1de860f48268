package io.github.ipcharness.ipc.command;

import io.github.ipcharness.ipc.memory.AcknowledgedRing;
import io.github.ipcharness.ipc.memory.MappedRegion;
import io.github.ipcharness.ipc.memory.Meeting;
import io.github.ipcharness.ipc.memory.MessageRing;
import io.github.ipcharness.ipc.memory.Participants;
import io.github.ipcharness.ipc.memory.Permits;
import io.github.ipcharness.ipc.memory.PipeEnds;
import io.github.ipcharness.ipc.memory.PipeRegion;
import io.github.ipcharness.ipc.memory.QueueRegion;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.RobustLock;
import io.github.ipcharness.ipc.memory.Senders;
import io.github.ipcharness.ipc.memory.Signals;
import io.github.ipcharness.ipc.memory.Survey;
import io.github.ipcharness.ipc.memory.VersionedSlots;
import io.github.ipcharness.ipc.memory.WaitPoint;
import io.github.ipcharness.ipc.memory.WaitWord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What there is to say of an object: its state in a few words, and everything else by name. */
final class Facts {

    private static final int BODY = MappedRegion.HEADER_BYTES;
    /** Where those wait for whom a lock or a number has a place on cache lines of its own. */
    private static final int BESIDE = BODY + 128;

    private static final String STATE = "state";

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Participants participants;
    private final MappedRegion region;

    private Facts(Survey survey, MappedRegion region) {
        this.participants = survey.participants();
        this.region = region;
    }

    /** The most important of them. */
    static String state(Survey survey, Survey.Item item) {
        return of(survey, item).getOrDefault(STATE, "");
    }

    static Map<String, String> of(Survey survey, Survey.Item item, List<Survey.Member> members) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("kind", item.kind() == null ? "unknown" : item.kind().toString());
        all.put("name", item.name());
        if (item.region() != null) {
            all.put("bytes", Long.toString(item.region().size()));
        }
        all.put("opened by", openedBy(item, members));
        all.putAll(of(survey, item));
        if (item.region() != null) {
            all.put("recoveries", item.region().takings() + " locks taken over from the dead");
        }
        return all;
    }

    private static Map<String, String> of(Survey survey, Survey.Item item) {
        if (item.kind() == null) {
            return Map.of(STATE, item.region() == null ? item.trouble() : "of a later version of this library");
        }
        Facts facts = new Facts(survey, item.region());
        try {
            facts.look(item);
        } catch (RegionException e) {
            facts.facts.put(STATE, e.getMessage());
        }
        return facts.facts;
    }

    static String text(Survey.Member member) {
        return "participant " + member.number() + "  pid " + (member.pid() == 0 ? "?" : member.pid()) + "  "
                + (member.alive() ? "alive" : "dead");
    }

    /** Those that have opened it since they joined, and have not left. */
    static String openedBy(Survey.Item item, List<Survey.Member> members) {
        String who = members.stream()
                .filter(member -> member.has(item.file()))
                .map(member -> member.number() + (member.alive() ? "" : " (dead)"))
                .collect(Collectors.joining(", "));
        return who.isEmpty() ? "nobody" : who;
    }

    private String who(int participant) {
        return participant + (participants.isAlive(participant) ? "" : " (dead)");
    }

    private String whos(Map<Integer, ?> counts) {
        List<String> texts = new ArrayList<>();
        counts.forEach((participant, count) -> texts.add(
                participant == Participants.NOBODY ? count + " by nobody" : count + " by " + who(participant)));
        return texts.isEmpty() ? "nobody" : String.join(", ", texts);
    }

    private void look(Survey.Item item) {
        switch (item.kind()) {
            case QUEUE -> queue(new QueueRegion(region, participants));
            case PIPE -> pipe(new PipeRegion(region, participants));
            case LONG -> number(Long.toString(word()));
            case INT -> number(Long.toString(word() >> Integer.SIZE));
            case DOUBLE -> number(Double.toString(Double.longBitsToDouble(word())));
            case BOOLEAN -> number(Boolean.toString((word() & 1) != 0));
            case VALUE -> value();
            case LONG_ARRAY, INT_ARRAY, DOUBLE_ARRAY, BYTE_ARRAY -> facts.put(STATE, region.parameter(0) + " elements");
            case LOCK -> lock();
            case SEMAPHORE -> semaphore(new Permits(region, BODY, participants));
            case LATCH -> latch(new WaitWord(region, BODY, participants));
            case EVENT -> event(new WaitWord(region, BODY, participants));
            case BARRIER -> barrier();
            case CONDITION -> {
                Signals signals = new Signals(region, BODY, participants);
                facts.put(STATE, signals.waiting() + " wait for a signal");
            }
            case PARTICIPANTS -> facts.put(STATE, "out of its place");
        }
    }

    private long word() {
        return region.getLongVolatile(BODY);
    }

    private void asleep(String whose, WaitPoint point) {
        facts.merge("asleep", point.sleepers() + " " + whose, (before, now) -> before + ", " + now);
    }

    private void queue(QueueRegion queue) {
        MessageRing ring = queue.ring();
        AcknowledgedRing acknowledged = queue.acknowledged();
        int waiting = acknowledged == null ? ring.size() : acknowledged.size();
        String worked = acknowledged == null ? "" : ", " + (acknowledged.unfinished() - waiting) + " worked on";
        facts.put(STATE, waiting + " of " + queue.capacity() + " wait" + worked);
        facts.put("capacity", queue.capacity() + " messages, " + queue.bytes() + " bytes");
        facts.put("waiting", Integer.toString(waiting));
        facts.put("most ever", Long.toString(ring.mostEver()));
        if (acknowledged == null) {
            facts.put("unfinished", queue.tasks().unfinished() + ", if taskDone() is said");
        } else {
            facts.put("worked on", whos(acknowledged.workers()));
            facts.put("unfinished", Integer.toString(acknowledged.unfinished()));
        }
        List<String> senders = new ArrayList<>();
        for (Senders.Sender sender : queue.senders().all()) {
            senders.add(sender.ended() ? sender.participant() + " (ended)" : who(sender.participant()));
        }
        facts.put(
                "producers",
                (senders.isEmpty() ? "nobody yet" : String.join(", ", senders)) + "; " + queue.producers()
                        + " expected");
        asleep("consumers", ring.notEmpty());
        asleep("producers", ring.notFull());
    }

    private void pipe(PipeRegion pipe) {
        int fromA = pipe.from(0).size();
        int fromB = pipe.from(1).size();
        facts.put(STATE, fromA + " wait for B, " + fromB + " wait for A");
        facts.put("capacity", PipeRegion.RING_BYTES + " bytes each way");
        facts.put("end A", end(pipe.ends(), 0));
        facts.put("end B", end(pipe.ends(), 1));
        facts.put(
                "most ever", pipe.from(0).mostEver() + " for B, " + pipe.from(1).mostEver() + " for A");
        asleep("receive at A", pipe.from(1).notEmpty());
        asleep("receive at B", pipe.from(0).notEmpty());
    }

    private String end(PipeEnds ends, int end) {
        int holder = ends.holder(end);
        if (holder == Participants.NOBODY) {
            return "was not opened yet";
        }
        return who(holder) + (ends.isGone(end, false) ? ", closed" : "");
    }

    private void number(String value) {
        facts.put(STATE, value);
        asleep("wait for a change", new WaitPoint(region, BESIDE, participants));
    }

    private void value() {
        int maxBytes = (int) region.requireParameter(0, "maxBytes", 1, VersionedSlots.MAX_BYTES);
        region.requireBody(VersionedSlots.bodyBytes(maxBytes));
        VersionedSlots slots = new VersionedSlots(region, BODY, maxBytes, participants);
        VersionedSlots.Snapshot newest = slots.read();
        facts.put(
                STATE,
                newest.bytes() == null
                        ? "not set yet"
                        : "version " + newest.version() + ", " + newest.bytes().length + " bytes");
        facts.put("capacity", maxBytes + " bytes");
        asleep("wait for a change", slots.changed());
    }

    private void lock() {
        int owner = new RobustLock(region, BODY, participants).owner();
        facts.put(STATE, owner == Participants.NOBODY ? "free" : "held by " + who(owner));
        asleep("wait for it", new WaitPoint(region, BESIDE, participants));
    }

    private void semaphore(Permits permits) {
        Map<Integer, Long> holders = permits.holders();
        long held = holders.values().stream().mapToLong(Long::longValue).sum();
        facts.put(STATE, permits.free() + " free, " + held + " held");
        facts.put("capacity", region.parameter(0) + " permits when it was made");
        facts.put("held", whos(holders));
        facts.put("came back", permits.returned() + " permits, from the dead");
        asleep("wait for permits", permits.waiters());
    }

    private void latch(WaitWord count) {
        facts.put(STATE, count.get() + " of " + region.parameter(0) + " to be counted");
        asleep("wait", count.changed());
    }

    private void event(WaitWord flag) {
        facts.put(STATE, (flag.get() & 1) != 0 ? "set" : "clear");
        asleep("wait", flag.changed());
    }

    private void barrier() {
        int parties = (int) region.requireParameter(0, "parties", 1, Meeting.MAX_PARTIES);
        region.requireBody(Meeting.bodyBytes(parties));
        Meeting meeting = new Meeting(region, BODY, parties, participants);
        facts.put(STATE, meeting.isBroken() ? "broken" : meeting.waiting() + " of " + parties + " wait");
        facts.put("generation", Long.toString(meeting.generation()));
    }
}
