package dev.proxywasm.internal.property;

import dev.proxywasm.http.HeaderMap;
import org.jspecify.annotations.Nullable;

/** What attributes of requests and of responses have in common. */
final class Messages {

    private static final int MOST_DIGITS = 18;

    private Messages() {}

    static @Nullable String header(MessageView message, String name) {
        HeaderMap headers = message.headers();
        return headers == null ? null : headers.get(name);
    }

    /** A text, or null where the server leaves it empty because it does not know it. */
    static @Nullable String known(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The number that a header's digits say; null if it is none. */
    static @Nullable Long wholeNumber(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MOST_DIGITS) {
            return null;
        }
        return text.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.valueOf(text) : null;
    }

    static @Nullable Long headerSize(MessageView message) {
        HeaderMap headers = message.headers();
        return headers == null ? null : byteSize(headers);
    }

    static @Nullable Long totalSize(MessageView message) {
        HeaderMap headers = message.headers();
        return headers == null ? null : byteSize(headers) + message.bodyBytes() + byteSize(message.trailers());
    }

    private static long byteSize(HeaderMap headers) {
        long size = 0;
        for (int i = 0; i < headers.size(); i++) {
            size += headers.name(i).length() + headers.value(i).length();
        }
        return size;
    }
}
