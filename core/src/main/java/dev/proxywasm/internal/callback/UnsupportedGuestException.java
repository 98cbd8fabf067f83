package dev.proxywasm.internal.callback;

/** A valid module that is no Proxy-Wasm plugin that this host can run; the message continues "the module …". */
public final class UnsupportedGuestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The message says what is missing and what is expected. */
    public UnsupportedGuestException(String message) {
        super(message);
    }
}
