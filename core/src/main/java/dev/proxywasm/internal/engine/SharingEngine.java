package dev.proxywasm.internal.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * An engine that compiles each module once: plugins that use one module within the same limits share its code, which saves time at the
 * start, memory, and room in the processor's caches when a request passes several of them.
 */
public final class SharingEngine implements WasmEngine {

    private final WasmEngine engine;
    private final Map<Source, SharedCode> compiled = new HashMap<>();

    /** Over an engine, which is taken over. */
    public SharingEngine(WasmEngine engine) {
        this.engine = engine;
    }

    /**
     * What code is made of.
     *
     * @param sha256 of the binary
     */
    private record Source(String sha256, ModuleLimits limits) {}

    /** Under that name, or the one that it was compiled under before. */
    @Override
    public synchronized CompiledModule compile(String name, byte[] module, ModuleLimits limits) {
        compiled.values().removeIf(SharedCode::isReleased);
        Source source = new Source(sha256(module), limits);
        SharedCode known = compiled.get(source);
        if (known != null) {
            try {
                return known.forAnother();
            } catch (IllegalStateException releasedMeanwhile) {
                compiled.remove(source);
            }
        }
        SharedCode code = new SharedCode(engine.compile(name, module, limits));
        compiled.put(source, code);
        return code;
    }

    private static String sha256(byte[] module) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(module));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
