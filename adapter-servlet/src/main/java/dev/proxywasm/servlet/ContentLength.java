package dev.proxywasm.servlet;

import org.jspecify.annotations.Nullable;

/** What a Content-Length header says, which applications and plugins may set to anything. */
final class ContentLength {

    private ContentLength() {}

    /** -1 if there is none, or none that is a length. */
    static long parse(@Nullable String value) {
        try {
            return value == null ? -1 : Math.max(-1, Long.parseLong(value.trim()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
