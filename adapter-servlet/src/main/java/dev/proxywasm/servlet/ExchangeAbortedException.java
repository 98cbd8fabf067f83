package dev.proxywasm.servlet;

import java.io.IOException;

/** Has the container cut a connection on which a response has begun that must not be completed: all that the Servlet API offers. */
final class ExchangeAbortedException extends IOException {

    private static final long serialVersionUID = 1L;

    ExchangeAbortedException(String reason) {
        super("the Proxy-Wasm filter chain aborted the exchange: " + reason);
    }
}
