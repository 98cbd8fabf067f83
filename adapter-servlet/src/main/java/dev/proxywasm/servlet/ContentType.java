package dev.proxywasm.servlet;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A Content-Type taken apart.
 *
 * @param type everything but the charset
 * @param charset as it was written, without quotes; null if there is none
 */
record ContentType(String type, @Nullable String charset) {

    static ContentType parse(String text) {
        int at = text.indexOf(';') < 0 ? -1 : charsetParameter(text);
        if (at < 0) {
            return new ContentType(text.trim(), null);
        }
        int end = text.indexOf(';', at + 1);
        String rest = end < 0 ? "" : text.substring(end);
        String value = text.substring(text.indexOf('=', at) + 1, end < 0 ? text.length() : end)
                .trim();
        if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
            value = value.substring(1, value.length() - 1);
        }
        return new ContentType(text.substring(0, at).trim() + rest, value.isEmpty() ? null : value);
    }

    /** Whether the media type is that one, whatever its parameters. */
    boolean is(String mediaType) {
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).trim().equalsIgnoreCase(mediaType);
    }

    String text() {
        return charset == null ? type : type + ";charset=" + charset;
    }

    /** The position of the semicolon in front of the charset, or -1. */
    private static int charsetParameter(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (int at = lower.indexOf(';'); at >= 0; at = lower.indexOf(';', at + 1)) {
            String parameter = lower.substring(at + 1).stripLeading();
            if (parameter.startsWith("charset")
                    && parameter.substring(7).stripLeading().startsWith("=")) {
                return at;
            }
        }
        return -1;
    }
}
