package dev.proxywasm.internal.engine;

/**
 * A WebAssembly engine: turns module bytes into modules that can be instantiated.
 *
 * <p>Safe for use by several threads. Owned by one host; closing it closes nothing that is still in use: modules and instances must be
 * closed first, and the engine enforces that by deferring its own release until the last of them is gone.
 */
public interface WasmEngine extends AutoCloseable {

    /**
     * Compiles a module.
     *
     * @param name what messages call the module, for example the plugin's name and the module's address
     * @param module the binary module; not retained
     * @param limits bounds that every instance of the module lives within
     * @throws EngineException if the bytes are no valid module, or the module cannot live within the limits; the message names the
     *     cause and, for a limit, the setting that raises it
     */
    CompiledModule compile(String name, byte[] module, ModuleLimits limits);

    /** Releases the engine once nothing of it is in use. Calling it again does nothing. */
    @Override
    void close();
}
