package dev.proxywasm.http;

import java.nio.charset.StandardCharsets;

/**
 * Makes a text of a client or an application a header value that every server sends alike.
 *
 * <p>Servers differ: on a line break some write a space and some throw, on a character beyond ISO-8859-1 one drops the whole header. Here
 * a line break or NUL becomes a space, and a text with characters beyond ISO-8859-1 goes out as UTF-8.
 */
public final class HeaderText {

    private HeaderText() {}

    /** The value for a {@link HeaderMap}. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > 0xFF) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        boolean isWide = text.chars().anyMatch(c -> c > 0xFF);
        String bytes = isWide ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1) : text;
        return bytes.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ');
    }
}
