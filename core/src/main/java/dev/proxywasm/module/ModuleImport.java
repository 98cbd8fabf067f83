package dev.proxywasm.module;

/**
 * A function that a module calls.
 *
 * @param module the first part of its name, such as {@code env}
 * @param name the second part, such as {@code proxy_log}
 * @param type its signature, such as {@code (i32, i32, i32) -> (i32)}
 * @param known whether this host has it, with this type
 */
public record ModuleImport(String module, String name, String type, boolean known) {

    /** Both parts of the name. */
    @Override
    public String toString() {
        return module + "." + name;
    }
}
