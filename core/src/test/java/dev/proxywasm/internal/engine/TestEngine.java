package dev.proxywasm.internal.engine;

import dev.proxywasm.internal.engine.jvm.JvmEngine;
import dev.proxywasm.internal.engine.wasmtime.WasmtimeEngine;
import dev.proxywasm.internal.engine.wasmtime.WasmtimeEngine.Options;
import java.util.EnumMap;
import java.util.Map;

/** The engines, all of which have to do the same. */
public enum TestEngine {
    WASMTIME,
    JVM;

    private static final Map<TestEngine, WasmEngine> SHARED = new EnumMap<>(TestEngine.class);

    /** The one for tests that are of no engine; the build runs those of streams and VMs once for each. */
    public static TestEngine ofThisRun() {
        return valueOf(System.getProperty("proxywasm.test.engine", "WASMTIME"));
    }

    /** One for all tests of this JVM, never closed. */
    public WasmEngine shared() {
        synchronized (SHARED) {
            return SHARED.computeIfAbsent(this, TestEngine::start);
        }
    }

    /** A further one, to be closed. */
    public WasmEngine start() {
        return this == WASMTIME ? new WasmtimeEngine(Options.DEFAULT) : new JvmEngine();
    }

    /** A guest whose hostcalls go to {@code hostcalls}; its entry points are {@code a}, {@code b} and {@code c}, its allocator {@code alloc}. */
    public Guest guest(String wat, HostcallHandler hostcalls) {
        return guest(wat, Guest.spec(hostcalls));
    }

    /** A guest of that specification. */
    public Guest guest(String wat, InstanceSpec spec) {
        return new Guest(shared(), wat, spec);
    }
}
