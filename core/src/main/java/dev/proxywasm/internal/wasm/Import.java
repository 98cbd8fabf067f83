package dev.proxywasm.internal.wasm;

/**
 * Something a module needs from its host. The same import may occur twice in a module: bind imports by position.
 *
 * @param module the first part of its name, such as {@code env}
 * @param name the second part of its name, such as {@code proxy_log}
 * @param type what it must be
 */
public record Import(String module, String name, ExternType type) {

    /** The kind of thing that is imported. */
    public ExternKind kind() {
        return type.kind();
    }
}
