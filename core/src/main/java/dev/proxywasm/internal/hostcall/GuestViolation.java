package dev.proxywasm.internal.hostcall;

/** The guest did what no guest may: called a function that does not exist here, or at a time when it must not. It is stopped. */
public final class GuestViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The message names the function and what is wrong. */
    public GuestViolation(String message) {
        super(message, null, false, false);
    }
}
