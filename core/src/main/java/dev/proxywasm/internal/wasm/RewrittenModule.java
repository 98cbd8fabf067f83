package dev.proxywasm.internal.wasm;

import java.util.Optional;

/** The outcome of {@link ModuleRewriter#rewrite}: the module to compile, and what became of its start function. */
public final class RewrittenModule {

    private final byte[] bytes;
    private final Optional<String> startExport;

    RewrittenModule(byte[] bytes, Optional<String> startExport) {
        this.bytes = bytes;
        this.startExport = startExport;
    }

    /** The module in the binary format. Not copied: the very array that was passed in if nothing had to change. */
    public byte[] bytes() {
        return bytes;
    }

    /** The export to call after instantiation in place of the start section, or empty if there was no such section. */
    public Optional<String> startExport() {
        return startExport;
    }
}
