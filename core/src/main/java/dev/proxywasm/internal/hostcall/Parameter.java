package dev.proxywasm.internal.hostcall;

import dev.proxywasm.internal.wasm.ValueType;

/**
 * A parameter of a host function.
 *
 * @param name as the specification calls it
 * @param type i32 or i64
 * @param role what the number stands for
 * @param resultBytes size of the result that it points to, or 0 if it is no pointer to a result
 * @param optional whether a null pointer is accepted and the result dropped
 */
public record Parameter(String name, ValueType type, Role role, int resultBytes, boolean optional) {

    /** What the number stands for, which decides how a trace shows it. */
    public enum Role {
        /** A plain number. */
        NUMBER,
        /** The address of a text that may be shown; its size is the next parameter. */
        TEXT,
        /** The address of bytes that may be secret or long; their size is the next parameter. */
        OPAQUE,
        /** The size of the text or bytes whose address stands before it. */
        SIZE,
        /** The address at which the host stores a result. */
        RESULT
    }

    /** Whether the host stores a result where it points to. */
    public boolean isResult() {
        return role == Role.RESULT;
    }
}
