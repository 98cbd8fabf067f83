package dev.proxywasm.internal.wasm;

/** What can be imported or exported: a function, a table, a memory or a global, with its type. */
public sealed interface ExternType permits FunctionType, TableType, MemoryType, GlobalType {

    /** Which of the four kinds this is. */
    ExternKind kind();
}
