package dev.proxywasm.jetty;

import java.io.IOException;
import org.eclipse.jetty.io.QuietException;

/** Tells an application that reads a request body, or writes a response, that a filter has ended the request instead. */
final class AnsweredByChainException extends IOException implements QuietException {

    private static final long serialVersionUID = 1L;

    AnsweredByChainException() {
        super("a Proxy-Wasm filter has answered, or ended, the request");
    }
}
