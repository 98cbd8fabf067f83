package dev.proxywasm.internal.engine;

import dev.proxywasm.testing.Wat;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A guest under test, written as text: its module, one instance, and short ways to call it. */
public final class Guest implements AutoCloseable {

    public static final ModuleLimits LIMITS = new ModuleLimits(64L * ModuleLimits.PAGE_BYTES, 1000);
    public static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    public static final HostcallHandler ZERO = (index, frame) -> {};

    public final CompiledModule module;
    public final WasmInstance instance;
    public final GuestCalls calls;

    public Guest(WasmEngine engine, String wat, InstanceSpec spec) {
        module = engine.compile("test", Wat.compile(wat), LIMITS);
        try {
            instance = module.instantiate(spec);
        } catch (RuntimeException | Error e) {
            module.close();
            throw e;
        }
        calls = instance.newCalls();
    }

    public static InstanceSpec spec(HostcallHandler hostcalls) {
        return spec(hostcalls, SandboxCode.NONE);
    }

    public static InstanceSpec spec(HostcallHandler hostcalls, SandboxCode sandbox) {
        return new InstanceSpec(hostcalls, List.of("a", "b", "c"), "alloc", sandbox, 5 * SECOND, 100_000);
    }

    /** Calls entry point {@code a} and gives its result. */
    public int call(int... arguments) {
        return callWithin(5 * SECOND, arguments);
    }

    public int callWithin(long timeoutNanos, int... arguments) {
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
