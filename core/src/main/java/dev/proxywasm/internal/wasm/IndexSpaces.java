package dev.proxywasm.internal.wasm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The index spaces of a module under construction: per kind all things in the order of their indices, imported ones first. */
final class IndexSpaces {

    private final Map<ExternKind, List<ExternType>> spaces = new EnumMap<>(ExternKind.class);

    /** Gives {@code type} the next free index of its kind. */
    void add(ExternType type) {
        space(type.kind()).add(type);
    }

    /** How many things of that kind there are so far. */
    int size(ExternKind kind) {
        return space(kind).size();
    }

    /** The type of the thing of that kind at a valid {@code index}. */
    ExternType get(ExternKind kind, int index) {
        return space(kind).get(index);
    }

    /** The types of all functions so far. */
    List<FunctionType> functions() {
        return space(ExternKind.FUNCTION).stream().map(FunctionType.class::cast).toList();
    }

    private List<ExternType> space(ExternKind kind) {
        return spaces.computeIfAbsent(kind, absent -> new ArrayList<>());
    }
}
