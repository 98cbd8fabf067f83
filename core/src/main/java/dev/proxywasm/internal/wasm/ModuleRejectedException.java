package dev.proxywasm.internal.wasm;

/** A module that the host will not run. The message says why; the caller adds which plugin and file it was. */
public abstract sealed class ModuleRejectedException extends RuntimeException
        permits MalformedModuleException, ModuleLimitException {

    private static final long serialVersionUID = 1L;

    ModuleRejectedException(String message) {
        super(message);
    }
}
