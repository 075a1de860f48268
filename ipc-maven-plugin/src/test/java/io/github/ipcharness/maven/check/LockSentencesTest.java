package io.github.ipcharness.maven.check;

import static io.github.ipcharness.maven.check.Notation.*;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is said of a wrong lock: the rule, the sentence, the lines that prove it. */
class LockSentencesTest {

    @Test
    void overlap() {
        assertThat(verdict(lock("a lock [0, 10]", "b lock [15, 20]", "b unlock [40, 45]", "a unlock [55, 60]")))
                .isEqualTo("mutual exclusion: b got the lock 35 ticks before a, who had it for 10 ticks, began to give"
                        + " it back [2, 3, 5]");
    }

    @Test
    void overlapWithOneWhoLivesOn() {
        assertThat(verdict(lock("a lock [0, 10]", "b lock [15, 20]", "a lock -> empty [55, 60]")))
                .isEqualTo("mutual exclusion: b got the lock while a had it, who never gave it back and was alive"
                        + " 40 ticks later [2, 3, 4]");
    }

    @Test
    void takenOverFromOneWhoLives() {
        assertThat(verdict(lock("a lock [0, 10]", "b lock -> recovered [15, 20]", "a unlock [55, 60]")))
                .isEqualTo("mutual exclusion: b got the lock 35 ticks before a, who had it for 10 ticks, began to give"
                        + " it back [2, 3, 4]");
    }

    @Test
    void notToldThatTheOwnerHadDied() {
        assertThat(verdict(lock("a lock [0, 10]", "b lock [15, 20]", "b unlock [55, 60]")))
                .isEqualTo("takeover: b got the lock, which a had got 10 ticks earlier and never gave back, and was not"
                        + " told that it was taken over [2, 3]");
    }

    @Test
    void toldThoughNobodyHadDied() {
        assertThat(verdict(lock("a lock [0, 10]", "a unlock [15, 20]", "b lock -> recovered [55, 60]")))
                .isEqualTo("takeover: b was told that the owner of the lock had died, but a, who had it last, had"
                        + " begun to give it back 45 ticks earlier [2, 3, 4]");
    }

    @Test
    void toldThoughNobodyHadHadIt() {
        assertThat(verdict(lock("b lock -> recovered [55, 60]")))
                .isEqualTo(
                        "takeover: b was told that the owner of the lock had died, but nobody had had it before [2]");
    }

    @Test
    void givenBackByOneWhoDidNotHaveIt() {
        assertThat(verdict(lock("a lock [0, 10]", "a unlock [15, 20]", "b unlock [55, 60]")))
                .isEqualTo("mutual exclusion: unlock by b, which did not hold the lock then [4]");
    }

    @Test
    void takenOverTwiceThoughOneDied() {
        assertThat(verdict(lock(
                        "a lock [0, 2]",
                        "b lock -> recovered [5, 10]",
                        "b unlock [11, 12]",
                        "c lock -> recovered [15, 20]")))
                .isEqualTo("mutual exclusion: lock -> recovered by c fits no order of the calls open with it,"
                        + " 3 ticks after unlock by b had finished [4, 5]");
    }

    @Test
    void takenOverTwiceThoughOneDiedAsking() {
        assertThat(verdict(lock(
                        "a lock [0, ...]",
                        "b lock -> recovered [5, 10]",
                        "b unlock [11, 12]",
                        "c lock -> recovered [15, 20]")))
                .isEqualTo("mutual exclusion: lock -> recovered by c fits no order of the calls open with it,"
                        + " 3 ticks after unlock by b had finished [2, 4, 5]");
    }

    @Test
    void theDeadHoldNothing() {
        assertThat(verdict(
                        lock("a lock [0, 10]", "b lock -> recovered [15, 20]", "b unlock [25, 30]", "c lock [55, 60]")))
                .isEqualTo("passed");
    }

    @Test
    void whoDiedGivingItBackMayHaveDoneSoOrNot() {
        assertThat(verdict(lock("a lock [0, 10]", "a unlock [12, ...]", "b lock -> recovered [15, 20]")))
                .isEqualTo("passed");
        assertThat(verdict(lock("a lock [0, 10]", "a unlock [12, ...]", "b lock [15, 20]")))
                .isEqualTo("passed");
    }

    @Test
    void anUnfinishedLockMayHaveBeenATakeover() {
        assertThat(verdict(lock("b lock [2, ...]", "a lock [4, 5]", "b unlock [6, 8]")))
                .isEqualTo("passed");
    }
}
