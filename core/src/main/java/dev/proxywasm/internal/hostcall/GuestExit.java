package dev.proxywasm.internal.hostcall;

/** The guest called {@code proc_exit}. Not an error in a start function when the code is 0. Carries no stack trace. */
public final class GuestExit extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    /** An exit with that code. */
    public GuestExit(int code) {
        super("proc_exit(" + Integer.toUnsignedString(code) + ")", null, false, false);
        this.code = code;
    }

    /** What the guest gave. */
    public int code() {
        return code;
    }
}
