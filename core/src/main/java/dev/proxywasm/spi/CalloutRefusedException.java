package dev.proxywasm.spi;

/** A call that cannot be made as it was asked for. Guests cause it, so it carries no stack trace. */
public final class CalloutRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The message names what is wrong and what would be right, without values that may be secrets. */
    public CalloutRefusedException(String message) {
        super(message, null, false, false);
    }
}
