package dev.proxywasm.internal.wasm;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The signature of a function.
 *
 * @param params the types of the parameters, in order
 * @param results the types of the results, in order; more than one is legal (multi-value)
 */
public record FunctionType(List<ValueType> params, List<ValueType> results) implements ExternType {

    /** Takes immutable copies of both lists. */
    public FunctionType {
        params = List.copyOf(params);
        results = List.copyOf(results);
    }

    @Override
    public ExternKind kind() {
        return ExternKind.FUNCTION;
    }

    /** The signature in the notation of the specification and of error messages: {@code (i32, i64) -> (i32)}. */
    @Override
    public String toString() {
        return parenthesised(params) + " -> " + parenthesised(results);
    }

    private static String parenthesised(List<ValueType> types) {
        return types.stream().map(ValueType::watName).collect(Collectors.joining(", ", "(", ")"));
    }
}
