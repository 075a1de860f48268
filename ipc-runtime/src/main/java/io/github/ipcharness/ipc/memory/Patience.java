package io.github.ipcharness.ipc.memory;

/**
 * How long a consumer that has run out of messages lets new ones gather before it looks. A consumer that is faster than
 * the producers would take the tail's cache line away from them for each single message; with a moment of patience it
 * gets several for one look, and they put at full speed meanwhile.
 *
 * <p>Patience that finds one message or none is given up at once, and tried again at a later look only: what goes to
 * and fro loses nothing by it. Not thread-safe.
 */
final class Patience {

    private static final int FEWEST_SPINS = 8;
    /** Two microseconds, about. */
    private static final int MOST_SPINS = 100;

    private static final int ENOUGH = 100;
    private static final int FEWEST_LOOKS = 16;
    private static final int MOST_LOOKS = 1024;

    /** 0: none now. */
    private int spins;
    /** Looks until it is tried again, and how many they will be after the next failure. */
    private int looksLeft = FEWEST_LOOKS;

    private int looks = FEWEST_LOOKS;

    /** Before a look. */
    void spend() {
        if (spins == 0 && --looksLeft <= 0) {
            spins = FEWEST_SPINS;
        }
        for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
        }
    }

    /** After it. */
    void found(long messages) {
        if (spins == 0) {
            return;
        }
        if (messages < 2) {
            spins = 0;
            looksLeft = looks;
            looks = Math.min(MOST_LOOKS, 2 * looks);
            return;
        }
        looks = FEWEST_LOOKS;
        if (messages < ENOUGH) {
            spins = Math.min(MOST_SPINS, spins + 1);
        } else {
            spins = Math.max(FEWEST_SPINS, spins - 1);
        }
    }
}
