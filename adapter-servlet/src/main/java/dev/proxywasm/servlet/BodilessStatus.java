package dev.proxywasm.servlet;

/** Statuses whose response never has a body. */
final class BodilessStatus {

    private BodilessStatus() {}

    static boolean is(int status) {
        return status < 200 || status == 204 || status == 205 || status == 304;
    }

    /** Whether a response of that status must not have a Content-Length either (RFC 9110, section 8.6). */
    static boolean hasNoLength(int status) {
        return status < 200 || status == 204;
    }
}
