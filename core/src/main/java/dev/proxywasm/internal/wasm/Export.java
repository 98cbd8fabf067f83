package dev.proxywasm.internal.wasm;

/**
 * Something a module offers to its host.
 *
 * @param name its name, unique among the exports of the module
 * @param index its position among all things of its kind, imported ones first
 * @param type what it is, looked up through the index
 */
public record Export(String name, int index, ExternType type) {

    /** The kind of thing that is exported. */
    public ExternKind kind() {
        return type.kind();
    }
}
