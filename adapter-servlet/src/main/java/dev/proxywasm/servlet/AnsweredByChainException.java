package dev.proxywasm.servlet;

import java.io.IOException;

/** Tells an application that reads a request body that a filter has answered the request: there is no more to read. */
final class AnsweredByChainException extends IOException {

    private static final long serialVersionUID = 1L;

    AnsweredByChainException() {
        super("a Proxy-Wasm filter answered the request while its body was read");
    }

    /** Whether this is what an exception comes from. */
    static boolean caused(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 32; depth++, cause = cause.getCause()) {
            if (cause instanceof AnsweredByChainException) {
                return true;
            }
        }
        return false;
    }
}
