package io.github.ipcharness.maven.check;

/**
 * Short texts that come again and again, such as the names of processes and operations: the same string for the same
 * characters, mostly.
 */
final class KnownTexts {

    private static final int ROOM = 256;
    private static final int MAX_LENGTH = 32;

    private final String[] known = new String[ROOM];

    String get(char[] characters, int offset, int length) {
        if (length > MAX_LENGTH) {
            return new String(characters, offset, length);
        }
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + characters[i];
        }
        int place = (hash ^ hash >>> 8 ^ hash >>> 16) & ROOM - 1;
        String text = known[place];
        if (text == null || !isSame(text, characters, offset, length)) {
            text = new String(characters, offset, length);
            known[place] = text;
        }
        return text;
    }

    private static boolean isSame(String text, char[] characters, int offset, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != characters[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
