package dev.proxywasm.internal.wasm;

/** A well-formed module that needs more memory or table space, at its very start, than the host grants. */
public final class ModuleLimitException extends ModuleRejectedException {

    private static final long serialVersionUID = 1L;

    ModuleLimitException(String message) {
        super(message);
    }
}
