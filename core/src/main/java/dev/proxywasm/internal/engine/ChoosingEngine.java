package dev.proxywasm.internal.engine;

import dev.proxywasm.internal.wasm.ModuleReader;
import dev.proxywasm.internal.wasm.ModuleRejectedException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each module to the engine that suits it. Owns neither. */
public final class ChoosingEngine implements WasmEngine {

    /**
     * Up to how much code a guest is small. What is made with the SDKs for Rust and AssemblyScript usually is; what Go makes, with a runtime of
     * megabytes in functions that HotSpot does not compile, is not, and gains much from native code.
     */
    private static final int SMALL_CODE_BYTES = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.engine");

    private final WasmEngine forSmall;
    private final Supplier<WasmEngine> forOthers;
    private final int smallCodeBytes;

    /** Gives small modules to the first, if it takes them, and all others to the second, which it asks for when there is one. */
    public ChoosingEngine(WasmEngine forSmall, Supplier<WasmEngine> forOthers) {
        this(forSmall, forOthers, SMALL_CODE_BYTES);
    }

    ChoosingEngine(WasmEngine forSmall, Supplier<WasmEngine> forOthers, int smallCodeBytes) {
        this.smallCodeBytes = smallCodeBytes;
        this.forSmall = forSmall;
        this.forOthers = forOthers;
    }

    @Override
    public CompiledModule compile(String name, byte[] module, ModuleLimits limits) {
        if (isSmall(module)) {
            try {
                return forSmall.compile(name, module, limits);
            } catch (EngineException refused) {
                LOG.debug("the engine for small modules does not take {}", name, refused);
            }
        }
        return forOthers.get().compile(name, module, limits);
    }

    private boolean isSmall(byte[] module) {
        try {
            return ModuleReader.read(module).codeBytes() <= smallCodeBytes;
        } catch (ModuleRejectedException refused) {
            return false; // the other engine will say what is wrong with it
        }
    }

    @Override
    public void close() {}
}
