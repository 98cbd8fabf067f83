package dev.proxywasm.internal.engine;

/** Guest code was stopped: by its own fault, by the clock, or by the host. The instance must not be entered again. */
public final class WasmTrap extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Cause kind;

    /** Why guest code was stopped. */
    public enum Cause {
        /** An {@code unreachable} instruction: how most languages end a panic. */
        UNREACHABLE("unreachable instruction executed (the guest panicked or aborted)"),
        /** An access outside memory. */
        MEMORY_OUT_OF_BOUNDS("memory access out of bounds"),
        /** An access outside a table, an empty element, or a function of another type. */
        BAD_TABLE_CALL("indirect call to a missing or wrongly typed function"),
        /** Division by zero, overflow, or a conversion that has no result. */
        ARITHMETIC("integer division by zero, overflow or invalid conversion"),
        /** Recursion without end. */
        STACK_EXHAUSTED("call stack exhausted"),
        /** The time for this entry ran out. */
        TIMEOUT("ran out of time"),
        /** More hostcalls in one entry than allowed. */
        TOO_MANY_HOSTCALLS("too many hostcalls in one callback"),
        /** Anything else that the engine reports. */
        OTHER("trapped");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        /** Words for a message. */
        public String text() {
            return text;
        }
    }

    /** A trap of this kind; {@code detail} says what the engine knows beyond it, and may be empty. */
    public WasmTrap(Cause kind, String detail) {
        super(detail.isEmpty() ? kind.text() : kind.text() + ": " + detail);
        this.kind = kind;
    }

    /** Why guest code was stopped. */
    public Cause kind() {
        return kind;
    }
}
