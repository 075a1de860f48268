package io.github.ipcharness.maven.check;

/**
 * Operations in the order of their values, so that they can be found by value.
 *
 * <p>Who asks for many values mostly asks for neighbours one after another: the messages of one producer. So each search
 * begins where the last one for a value of about that size ended, and goes away from there in steps that double. Where
 * values do not grow with time, such as random ones, they had better be asked for in their own order.
 */
final class ByValue {

    private static final int NONE = -1;
    private static final int HINTS = 64;
    private static final int NEIGHBOURS_BITS = 12;
    /** What is not within about twice as many positions may as well be anywhere. */
    private static final int FAR = 64;

    private final History history;
    private final int[] sorted;
    private final int[] hints = new int[HINTS];

    private final boolean scattered;

    /** @param operations are sorted in place */
    ByValue(History history, int[] operations) {
        this.history = history;
        this.scattered = !IndexSort.isAlmostSorted(operations, history::value);
        this.sorted = IndexSort.sort(operations, history.size(), history::value);
    }

    /** These operations in an order in which their values are found fast; those of one value stay in their order. */
    int[] askable(int[] operations) {
        return scattered ? IndexSort.sort(operations.clone(), history.size(), history::value) : operations;
    }

    /** The operation at this position of the order. */
    int at(int position) {
        return sorted[position];
    }

    private long valueAt(int position) {
        return history.value(sorted[position]);
    }

    /** The last position of this value, or -1. */
    int find(long value) {
        int hint = scattered ? 0 : Long.hashCode((value >>> NEIGHBOURS_BITS) * 0x9E37_79B9_7F4A_7C15L) >>> 26;
        int position = lowerBound(value, hints[hint]);
        if (position == sorted.length || valueAt(position) != value) {
            hints[hint] = position;
            return NONE;
        }
        while (position + 1 < sorted.length && valueAt(position + 1) == value) {
            position++;
        }
        hints[hint] = position + 1;
        return position;
    }

    /** How many values are less. Invariant: those before low are, those from high on are not. */
    private int lowerBound(long value, int near) {
        int low = 0;
        int high = sorted.length;
        if (near < high && valueAt(near) < value) {
            low = near + 1;
            for (int step = 1; step <= FAR && high - low > step; step *= 2) {
                if (valueAt(low + step) >= value) {
                    high = low + step;
                    break;
                }
                low += step + 1;
            }
        } else {
            high = Math.min(near, high);
            for (int step = 1; step <= FAR && high - low > step; step *= 2) {
                if (valueAt(high - step) < value) {
                    low = high - step + 1;
                    break;
                }
                high -= step;
            }
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (valueAt(middle) < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
