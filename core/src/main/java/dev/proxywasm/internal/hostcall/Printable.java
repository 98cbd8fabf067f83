package dev.proxywasm.internal.hostcall;

/** Texts of a guest as a log or a message may show them: on one line, of bounded length. */
final class Printable {

    private static final int MAX_CHARACTERS = 200;

    private Printable() {}

    /** The text with control characters, quotes and backslashes escaped, cut after 200 characters. */
    static String text(String text) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), MAX_CHARACTERS) + 8);
        int end = Math.min(text.length(), MAX_CHARACTERS);
        for (int i = 0; i < end; i++) {
            append(shown, text.charAt(i));
        }
        return end < text.length() ? shown.append("...").toString() : shown.toString();
    }

    /** As {@link #text}, in double quotes. */
    static String quoted(String text) {
        return '"' + text(text) + '"';
    }

    private static void append(StringBuilder shown, char c) {
        switch (c) {
            case 0 -> shown.append("\\0");
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            case '"', '\\' -> shown.append('\\').append(c);
            default -> {
                if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                    shown.append("\\u%04x".formatted((int) c));
                } else {
                    shown.append(c);
                }
            }
        }
    }
}
