package dev.proxywasm.http;

/** Statuses whose response never has a body. */
public final class BodilessStatus {

    private BodilessStatus() {}

    /** Whether a response of that status has no body, whatever its headers say. */
    public static boolean is(int status) {
        return status < 200 || status == 204 || status == 205 || status == 304;
    }

    /** Whether a response of that status must not have a Content-Length either (RFC 9110, section 8.6). */
    public static boolean hasNoLength(int status) {
        return status < 200 || status == 204;
    }
}
