package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.CompiledModule;
import dev.proxywasm.internal.engine.GuestCalls;
import dev.proxywasm.internal.engine.HostcallHandler;
import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.SandboxCode;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.testing.Wat;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A guest under test, written as text: its module, one instance, and short ways to call it. */
final class Guest implements AutoCloseable {

    static final ModuleLimits LIMITS = new ModuleLimits(64L * ModuleLimits.PAGE_BYTES, 1000);
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    static final HostcallHandler ZERO = (index, frame) -> {};

    /** One for all tests of this JVM, never closed. */
    static final WasmtimeEngine ENGINE = new WasmtimeEngine(WasmtimeEngine.Options.DEFAULT);

    final CompiledModule module;
    final WasmInstance instance;
    final GuestCalls calls;

    private Guest(String wat, InstanceSpec spec) {
        module = ENGINE.compile("test", Wat.compile(wat), LIMITS);
        try {
            instance = module.instantiate(spec);
        } catch (RuntimeException | Error e) {
            module.close();
            throw e;
        }
        calls = instance.newCalls();
    }

    /** A guest whose hostcalls go to {@code hostcalls}; its entry points are {@code a}, {@code b} and {@code c}, its allocator {@code alloc}. */
    static Guest of(String wat, HostcallHandler hostcalls) {
        return new Guest(wat, spec(hostcalls));
    }

    static Guest of(String wat, InstanceSpec spec) {
        return new Guest(wat, spec);
    }

    static InstanceSpec spec(HostcallHandler hostcalls) {
        return spec(hostcalls, SandboxCode.NONE);
    }

    static InstanceSpec spec(HostcallHandler hostcalls, SandboxCode sandbox) {
        return new InstanceSpec(hostcalls, List.of("a", "b", "c"), "alloc", sandbox, 5 * SECOND, 100_000);
    }

    /** Calls entry point {@code a} and gives its result. */
    int call(int... arguments) {
        return callWithin(5 * SECOND, arguments);
    }

    int callWithin(long timeoutNanos, int... arguments) {
        int[] five = Arrays.copyOf(arguments, 5);
        calls.clear();
        calls.add(0, five[0], five[1], five[2], five[3], five[4]);
        instance.run(calls, timeoutNanos);
        return calls.result(0);
    }

    @Override
    public void close() {
        instance.close();
        module.close();
    }
}
