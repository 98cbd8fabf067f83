package dev.proxywasm.internal.codec;

/** Bytes that are no serialised map. Guests send them, so it carries no stack trace. */
public final class MalformedMapException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The message says what is wrong, and where. */
    public MalformedMapException(String message) {
        super(message, null, false, false);
    }
}
