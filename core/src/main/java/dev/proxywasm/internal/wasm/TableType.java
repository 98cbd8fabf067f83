package dev.proxywasm.internal.wasm;

/**
 * The type of a table.
 *
 * @param elementType what its elements are; a reference type
 * @param limits its size, in elements
 */
public record TableType(ValueType elementType, Limits limits) implements ExternType {

    @Override
    public ExternKind kind() {
        return ExternKind.TABLE;
    }
}
