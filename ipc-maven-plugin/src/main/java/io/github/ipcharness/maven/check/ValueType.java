package io.github.ipcharness.maven.check;

import java.util.Locale;

/** What the 64 bits of a value are, so that they can be shown and added. */
enum ValueType {
    LONG {
        @Override
        long plus(long value, long delta) {
            return value + delta;
        }
    },
    INT {
        @Override
        long plus(long value, long delta) {
            return (int) (value + delta);
        }
    },
    DOUBLE {
        @Override
        long plus(long value, long delta) {
            return Double.doubleToRawLongBits(Double.longBitsToDouble(value) + Double.longBitsToDouble(delta));
        }

        @Override
        String show(long value) {
            return Double.toString(Double.longBitsToDouble(value));
        }

        @Override
        boolean isLess(long a, long b) {
            return Double.longBitsToDouble(a) < Double.longBitsToDouble(b);
        }
    },
    BOOLEAN {
        @Override
        long plus(long value, long delta) {
            return value ^ delta & 1;
        }

        @Override
        String show(long value) {
            return value == 0 ? "false" : "true";
        }
    },
    /** The identity of a message: its sender's number, then its own. */
    MESSAGE {
        @Override
        long plus(long value, long delta) {
            throw new IllegalStateException("nothing can be added to a message");
        }
    };

    /** What an add leaves behind, with the overflow of the type. */
    abstract long plus(long value, long delta);

    String show(long value) {
        return Long.toString(value);
    }

    boolean isLess(long a, long b) {
        return a < b;
    }

    /** @throws IllegalArgumentException if there is no such type */
    static ValueType parse(String word) {
        for (ValueType type : values()) {
            if (type.toString().equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException("type must be long, int, double, boolean or message: " + word);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
