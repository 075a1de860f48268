package io.github.ipcharness.maven.check;

import static io.github.ipcharness.maven.check.Notation.*;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is said of a wrong pipe: the rule, the sentence, the lines that prove it. */
class PipeSentencesTest {

    @Test
    void notAPrefixInOrder() {
        assertThat(verdict(pipe(
                        "client@a send 1 [0, 10]",
                        "client@a send 2 [15, 20]",
                        "server@b receive -> 2 [25, 30]",
                        "server@b receive -> 1 [41, 50]")))
                .isEqualTo("order: send(1) by client had finished 5 ticks before send(2) by client began,"
                        + " yet server got 2 11 ticks before anyone asked for 1 [2, 3, 4, 5]");
    }

    @Test
    void notAPrefixBecauseOneIsLost() {
        assertThat(verdict(
                        pipe("client@a send 1 [0, 10]", "client@a send 2 [15, 20]", "server@b receive -> 2 [25, 30]")))
                .isEqualTo("order: send(1) by client had finished 5 ticks before send(2) by client began,"
                        + " yet server got 2, and nobody ever got 1 [2, 3, 4]");
    }

    @Test
    void anUnfinishedReceiveMaySwallowOneMessageAndNoMore() {
        assertThat(verdict(pipe(
                        "client@a send 1 [0, 10]",
                        "client@a send 2 [15, 20]",
                        "server-0@b receive [5, ...]",
                        "server-1@b receive -> 2 [25, 30]")))
                .isEqualTo("passed");
        assertThat(verdict(pipe(
                        "client@a send 1 [0, 10]",
                        "client@a send 2 [15, 20]",
                        "client@a send 3 [25, 30]",
                        "server-0@b receive [5, ...]",
                        "server-1@b receive -> 3 [35, 40]")))
                .isEqualTo("order: send(2) by client had finished 5 ticks before send(3) by client began,"
                        + " yet server-1 got 3, and nobody ever got 2 [3, 4, 6]");
    }

    @Test
    void loss() {
        assertThat(verdict(history(
                        "{'history':1,'name':'chat','kind':'pipe','drained':true}",
                        "client@a send 1 [0, 10]",
                        "client@a send 2 [15, 20]",
                        "server@b receive -> 1 [25, 30]")))
                .isEqualTo("loss: send(2) by client was acknowledged, everything was drained, and nobody got it [3]");
    }

    @Test
    void invented() {
        assertThat(verdict(pipe("client@a send 1 [0, 10]", "server@b receive -> 9 [25, 30]")))
                .isEqualTo("invented: server got 9, which nobody ever sent [3]");
    }

    @Test
    void duplicate() {
        assertThat(verdict(pipe(
                        "client@a send 1 [0, 10]", "server@b receive -> 1 [25, 30]", "server@b receive -> 1 [35, 40]")))
                .isEqualTo("duplicate: server got 1 twice, the second time 10 ticks later [3, 4]");
    }

    @Test
    void nothingThoughAMessageWasThere() {
        assertThat(verdict(pipe(
                        "client@a send 1 [0, 10]",
                        "server@b receive -> empty [25, 30]",
                        "server@b receive -> 1 [35, 40]")))
                .isEqualTo("empty: receive by server found nothing although 1 was in: send(1) by client had finished"
                        + " 15 ticks before, and nobody asked for it until 5 ticks after [2, 3, 4]");
    }

    @Test
    void reflected() {
        assertThat(verdict(pipe("client@a send 1 [0, 10]", "client@a receive -> 1 [25, 30]")))
                .isEqualTo("reflected: receive by client at end a got 1, which that same end had sent"
                        + " (send(1) by client) [2, 3]");
    }

    @Test
    void theTwoDirectionsAreJudgedApart() {
        assertThat(verdict(pipe(
                        "client@a send 1 [0, 10]",
                        "server@b send 2 [0, 10]",
                        "client@a receive -> 2 [15, 20]",
                        "server@b receive -> 1 [25, 30]",
                        "server@b send 3 [35, 40]",
                        "server@b send 4 [45, 50]",
                        "client@a receive -> 4 [55, 60]")))
                .isEqualTo("order: send(3) by server had finished 5 ticks before send(4) by server began,"
                        + " yet client got 4, and nobody ever got 3 [6, 7, 8]");
    }

    @Test
    void bothEndsSendAndNeitherCanGoOn() {
        String[] lines = {
            "client@a send 1 [0, 10]",
            "server@b send 2 [0, 12]",
            "client@a send 3 [20, ...]",
            "server@b send 4 [25, ...]",
        };

        assertThat(verdict(pipe(lines))).isEqualTo("passed");
        assertThat(verdict(history("{'history':1,'name':'chat','kind':'pipe','stalled':true}", lines)))
                .isEqualTo("duplex: neither end could go on: send(3) by client at end a and send(4) by server at end b"
                        + " both waited, each for the other end to receive, until the time was over (of 1 message sent"
                        + " at end a 0 had come out, of 1 at end b 0): no full duplex [4, 5]");
    }

    @Test
    void endOfStreamBeforeTheOtherEndClosed() {
        assertThat(verdict(pipe(
                        "client@a send 1 [0, 10]",
                        "server@b receive -> 1 [25, 30]",
                        "server@b receive -> closed [31, 35]",
                        "client@a close [40, 50]")))
                .isEqualTo("end of stream: receive by server was told the end of the stream 5 ticks before client"
                        + " began to close end a [4, 5]");
    }

    @Test
    void endOfStreamWhileTheOtherEndWasAlive() {
        assertThat(verdict(pipe(
                        "client@a send 1 [0, 10]",
                        "server@b receive -> 1 [25, 30]",
                        "server@b receive -> closed [31, 35]",
                        "client@a send 2 [40, 50]")))
                .isEqualTo("end of stream: receive by server was told the end of the stream 15 ticks before client,"
                        + " at end a, was last alive [4, 5]");
    }

    @Test
    void endOfStreamBeforeAllHadComeOut() {
        assertThat(verdict(pipe(
                        "client@a send 1 [0, 10]", "client@a close [20, 30]", "server@b receive -> closed [41, 45]")))
                .isEqualTo("end of stream: receive by server was told the end of the stream, but send(1) by client"
                        + " had been acknowledged 35 ticks before and nobody got it [2, 3, 4]");
    }

    @Test
    void aMessageAfterTheEndOfStream() {
        assertThat(verdict(pipe(
                        "client@a send 1 [0, 10]",
                        "client@a close [20, 30]",
                        "server@b receive -> closed [41, 45]",
                        "server@b receive -> 1 [50, 52]")))
                .isEqualTo("end of stream: server got 1 in a call begun 5 ticks after server had been told the end of"
                        + " the stream [2, 4, 5]");
    }

    @Test
    void nothingAfterTheEndOfStream() {
        assertThat(verdict(pipe(
                        "client@a close [20, 30]",
                        "server@b receive -> closed [41, 45]",
                        "server@b receive -> empty [50, 52]")))
                .isEqualTo("end of stream: server found merely nothing in a call begun 5 ticks after server had been"
                        + " told the end of the stream [3, 4]");
    }

    @Test
    void aMessageThatWasSentAfterTheEndOfStream() {
        assertThat(verdict(pipe(
                        "client@a close [20, 30]",
                        "server-0@b receive -> closed [41, 45]",
                        "server-1@b receive -> 1 [40, 60]",
                        "other@a send 1 [48, 52]")))
                .isEqualTo("end of stream: server-1 got 1, but send(1) by other began 3 ticks after server-0 had been"
                        + " told the end of the stream [3, 4, 5]");
    }

    @Test
    void endOfStreamAfterADeath() {
        assertThat(verdict(pipe(
                        "client@a send 1 [0, 10]",
                        "server@b receive -> 1 [25, 30]",
                        "client@a send 2 [32, ...]",
                        "server@b receive -> closed [35, 40]",
                        "server@b receive -> closed [45, 50]")))
                .isEqualTo("passed");
    }

    @Test
    void whoClosesHisOwnEndIsToldNothingOfTheOther() {
        assertThat(verdict(pipe(
                        "server@b close [0, 10]", "server@b receive -> closed [15, 20]", "client@a send 1 [30, 40]")))
                .isEqualTo("passed");
    }
}
