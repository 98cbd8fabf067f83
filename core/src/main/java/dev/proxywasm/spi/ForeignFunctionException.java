package dev.proxywasm.spi;

import dev.proxywasm.abi.Status;

/** A {@link ForeignFunction} refuses a call. Guests cause it, so it carries no stack trace. */
public final class ForeignFunctionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Status status;

    /**
     * A refusal.
     *
     * @param status for the guest. Guests in Rust survive NOT_FOUND, BAD_ARGUMENT, SERIALIZATION_FAILURE and INTERNAL_FAILURE only
     * @param message why, for the log
     * @throws IllegalArgumentException if the status is OK
     */
    public ForeignFunctionException(Status status, String message) {
        super(message, null, false, false);
        if (status == Status.OK) {
            throw new IllegalArgumentException("a refusal needs a status other than OK: " + message);
        }
        this.status = status;
    }

    /** What the guest gets. */
    public Status status() {
        return status;
    }
}
