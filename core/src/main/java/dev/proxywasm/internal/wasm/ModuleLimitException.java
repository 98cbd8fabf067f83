package dev.proxywasm.internal.wasm;

/** A well-formed module that needs more than the host grants: memory or table space at its very start, or work to compile it. */
public final class ModuleLimitException extends ModuleRejectedException {

    private static final long serialVersionUID = 1L;

    ModuleLimitException(String message) {
        super(message);
    }
}
