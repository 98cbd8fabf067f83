package dev.proxywasm.spi;

import java.util.Locale;

/** The path and query of a call. */
final class PathText {

    private static final String UNESCAPED = "-._~!$&'()*+,;=:@/?";

    private PathText() {}

    /** The same with every byte escaped that an URI may not hold; what is escaped already stays as it is. */
    static String escaped(String path) {
        StringBuilder text = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (isPlain(c) || isEscape(path, i)) {
                text.append(c);
            } else {
                text.append('%').append(String.format(Locale.ROOT, "%02X", c & 0xFF));
            }
        }
        return text.toString();
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || UNESCAPED.indexOf(c) >= 0;
    }

    private static boolean isEscape(String path, int at) {
        return path.charAt(at) == '%'
                && at + 2 < path.length()
                && Character.digit(path.charAt(at + 1), 16) >= 0
                && Character.digit(path.charAt(at + 2), 16) >= 0;
    }
}
