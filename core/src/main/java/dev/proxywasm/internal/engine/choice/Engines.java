package dev.proxywasm.internal.engine.choice;

import dev.proxywasm.Engine;
import dev.proxywasm.internal.engine.ChoosingEngine;
import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.SharingEngine;
import dev.proxywasm.internal.engine.WasmEngine;
import dev.proxywasm.internal.engine.jvm.JvmEngine;
import dev.proxywasm.internal.engine.jvm.Translator;
import dev.proxywasm.internal.engine.wasmtime.WasmtimeEngine;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines of a host, each started when the first module needs it: a host without plugins runs where there is none. One thread at a time. */
public final class Engines implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.engine");

    private @Nullable WasmEngine wasmtime;
    private @Nullable WasmEngine jvm;

    /**
     * What runs the guests of plugins that ask for it.
     *
     * @param codeCache where compiled code is kept, or null; counts when the engine is started
     * @throws EngineException if there is no such engine here; the message names the cure
     */
    public WasmEngine of(Engine wanted, @Nullable Path codeCache) {
        return switch (wanted) {
            case WASMTIME -> wasmtime(codeCache);
            case JVM -> jvm();
            case AUTO ->
                Translator.isPresent()
                        ? new ChoosingEngine(jvm(), () -> wasmtimeOrJvm(codeCache))
                        : wasmtime(codeCache);
        };
    }

    private WasmEngine wasmtimeOrJvm(@Nullable Path codeCache) {
        try {
            return wasmtime(codeCache);
        } catch (EngineException unavailable) {
            LOG.info("a guest runs on the JVM: {}", unavailable.getMessage());
            return jvm();
        }
    }

    private WasmEngine wasmtime(@Nullable Path codeCache) {
        WasmEngine running = wasmtime;
        if (running == null) {
            running =
                    new SharingEngine(new WasmtimeEngine(WasmtimeEngine.Options.DEFAULT.withCacheDirectory(codeCache)));
            wasmtime = running;
        }
        return running;
    }

    private WasmEngine jvm() {
        WasmEngine running = jvm;
        if (running == null) {
            if (!Translator.isPresent()) {
                throw new EngineException("the engine jvm is not on the class path; add the dependency "
                        + Translator.DEPENDENCY + ", or leave the key 'engine' out");
            }
            running = new SharingEngine(new JvmEngine());
            jvm = running;
        }
        return running;
    }

    /** Releases the engines; what was compiled has been closed before. */
    @Override
    public void close() {
        if (wasmtime != null) {
            wasmtime.close();
        }
        if (jvm != null) {
            jvm.close();
        }
    }
}
