package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.CompiledModule;
import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.WasmEngine;
import dev.proxywasm.internal.engine.shared.AdmittedModule;
import dev.proxywasm.internal.wasm.Checkpoints;
import dev.proxywasm.internal.wasm.ModuleRejectedException;
import io.github.kawamuray.wasmtime.WasmtimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The Wasmtime engine: compiles guests to native code.
 *
 * <p>Threads that run guests need a stack of at least 1 MiB ({@code -Xss1m}, the default on 64-bit servers): a guest may use {@link
 * Options#maxWasmStackBytes} of it, and below that the JVM and the engine need room of their own. A guest that recurses for ever on a
 * thread with less to spare would take the JVM down, which is why an engine does not start where the default is less than half of that, and
 * why whoever enters from who knows where first requires {@link CompiledModule#stackRoom}.
 * Virtual threads are pinned while guest code runs, and have room enough.
 */
public final class WasmtimeEngine implements WasmEngine {

    private final NativeEngine engine;
    private final int maxLiveInstances;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * What can be chosen about an engine.
     *
     * @param cacheDirectory where compiled code is kept between runs and the native library is unpacked, or null for no cache. It is
     *     created for this user alone; one in which others may write is refused, since the code in it runs in this process
     * @param tick how finely guest time is measured: a guest is stopped up to two ticks late
     * @param maxWasmStackBytes how much of its thread's stack a guest may use
     * @param maxLiveInstances how many instances may be alive at once in this process, over all engines. Each takes about seven memory
     *     mappings, and Linux grants 65,530 to a process; beyond that the JVM aborts
     */
    public record Options(@Nullable Path cacheDirectory, Duration tick, int maxWasmStackBytes, int maxLiveInstances) {

        /** No cache, 10 ms, 256 KiB, 4000 instances. */
        public static final Options DEFAULT = new Options(null, Duration.ofMillis(10), 256 * 1024, 4000);

        /** Checks that all are positive. */
        public Options {
            if (tick.toMillis() < 1 || maxWasmStackBytes < 1 || maxLiveInstances < 1) {
                throw new IllegalArgumentException(
                        "tick must be at least 1 ms, maxWasmStackBytes and maxLiveInstances at least 1, but are %s, %d and %d"
                                .formatted(tick, maxWasmStackBytes, maxLiveInstances));
            }
        }

        /** The same with a cache directory. */
        public Options withCacheDirectory(@Nullable Path directory) {
            return new Options(directory, tick, maxWasmStackBytes, maxLiveInstances);
        }

        /** The same with another limit of instances. */
        public Options withMaxLiveInstances(int instances) {
            return new Options(cacheDirectory, tick, maxWasmStackBytes, instances);
        }
    }

    /**
     * Loads the native library if this is the first engine, and starts one.
     *
     * @throws EngineException if the platform has no library, a directory cannot be used, or threads have too little stack
     */
    public WasmtimeEngine(Options options) {
        ThreadStacks.check(options.maxWasmStackBytes());
        NativeLibrary.load(options.cacheDirectory());
        this.engine = new NativeEngine(options);
        this.maxLiveInstances = options.maxLiveInstances();
    }

    @Override
    public CompiledModule compile(String name, byte[] module, ModuleLimits limits) {
        if (closed.get() || !engine.users().add()) {
            throw new IllegalStateException("the engine is closed");
        }
        try {
            return new WasmtimeModule(engine, compileGuest(name, module, limits), maxLiveInstances);
        } catch (RuntimeException | Error e) {
            engine.users().remove();
            throw e;
        }
    }

    private GuestModule compileGuest(String name, byte[] module, ModuleLimits limits) {
        AdmittedModule.Admission admission = AdmittedModule.admit(name, module, limits);
        try {
            return new GuestModule(admission.module(), engine.compile(Checkpoints.insert(admission.bytes())));
        } catch (WasmtimeException | ModuleRejectedException e) {
            throw AdmittedModule.notCompiled(name, e);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            engine.users().remove();
        }
    }
}
