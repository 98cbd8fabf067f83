package dev.proxywasm.benchmarks.funcs;

import io.github.kawamuray.wasmtime.Val;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SplittableRandom;

/** The WASI functions that the measured filters' language runtimes call: no arguments, no variables, no files. */
final class WasiFuncs {

    static final Map<String, HostFunc> BY_NAME = Map.of(
            "args_sizes_get", WasiFuncs::noSizes,
            "args_get", (guest, arguments) -> WasiFuncs.SUCCESS,
            "environ_sizes_get", WasiFuncs::noSizes,
            "environ_get", (guest, arguments) -> WasiFuncs.SUCCESS,
            "clock_time_get", WasiFuncs::clock,
            "random_get", WasiFuncs::random,
            "sched_yield", (guest, arguments) -> WasiFuncs.SUCCESS,
            "fd_fdstat_get", (guest, arguments) -> WasiFuncs.BAD_DESCRIPTOR,
            "fd_prestat_get", (guest, arguments) -> WasiFuncs.BAD_DESCRIPTOR);

    private static final int SUCCESS = 0;
    private static final int BAD_DESCRIPTOR = 8;
    private static final SplittableRandom RANDOM = new SplittableRandom(1);

    private WasiFuncs() {}

    private static int noSizes(FuncGuest guest, Val[] arguments) {
        guest.memory().putInt(arguments[0].i32(), 0).putInt(arguments[1].i32(), 0);
        return SUCCESS;
    }

    private static int clock(FuncGuest guest, Val[] arguments) {
        boolean wall = arguments[0].i32() == 0;
        guest.memory().putLong(arguments[2].i32(), wall ? System.currentTimeMillis() * 1_000_000 : System.nanoTime());
        return SUCCESS;
    }

    private static int random(FuncGuest guest, Val[] arguments) {
        byte[] bytes = new byte[arguments[1].i32()];
        RANDOM.nextBytes(bytes);
        ByteBuffer memory = guest.memory();
        memory.put(arguments[0].i32(), bytes);
        return SUCCESS;
    }
}
