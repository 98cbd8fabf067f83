package dev.proxywasm.internal.wasm;

/** Reads what a WebAssembly binary module says about itself. */
public final class ModuleReader {

    private ModuleReader() {}

    /**
     * Reads {@code module}, in time and memory linear in its length. The array is not kept.
     *
     * <p>A module that passes is not yet valid: function bodies, segments and the types of initial values are checked by
     * the engine that compiles it.
     *
     * @throws MalformedModuleException if the bytes are something else, are damaged, or use an unsupported feature
     */
    public static ModuleInfo read(byte[] module) {
        return ModuleParser.parse(module).info();
    }
}
