package dev.proxywasm.internal.codec;

/** Bytes that are no protobuf message. They come from guests, so it carries no stack trace. */
public final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The message says what is wrong and where. */
    public MalformedMessageException(String message) {
        super(message, null, false, false);
    }
}
