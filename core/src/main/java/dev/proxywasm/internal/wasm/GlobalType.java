package dev.proxywasm.internal.wasm;

/**
 * The type of a global variable.
 *
 * @param valueType the type of its value
 * @param mutable whether its value may change
 */
public record GlobalType(ValueType valueType, boolean mutable) implements ExternType {

    @Override
    public ExternKind kind() {
        return ExternKind.GLOBAL;
    }
}
