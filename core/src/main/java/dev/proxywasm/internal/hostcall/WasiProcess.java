package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.WasiFunction.row;
import static dev.proxywasm.internal.hostcall.WasiFunction.stub;
import static dev.proxywasm.internal.hostcall.WasiFunction.wasi;

import java.security.SecureRandom;
import java.util.List;

/** What a process has besides files: environment, arguments, clocks, random numbers, an end. */
final class WasiProcess {

    /** The process's source of random numbers; safe for use by several threads. */
    static final SecureRandom RANDOM = new SecureRandom();

    static final List<HostFunction> FUNCTIONS = List.of(
            wasi("environ_sizes_get", WasiEnvironment::sizes)
                    .out("return_num_elements", "return_buffer_size")
                    .note("The configured environment; nothing of the server's unless named.")
                    .build(),
            wasi("environ_get", WasiEnvironment::get).in("array", "buffer").build(),
            wasi("args_sizes_get", WasiProcess::noArguments)
                    .out("return_argc", "return_argv_size")
                    .note("There are no arguments.")
                    .build(),
            stub("args_get", Errno.SUCCESS).in("argv", "argv_buffer").build(),
            wasi("clock_time_get", WasiProcess::time)
                    .in("clock_id")
                    .in64("precision")
                    .out64("return_time")
                    .usableIn(CallPhase.START, CallPhase.ALLOCATION)
                    .note(
                            "Clocks 0 (real time) and 1 (monotonic); the first answer of each in a callback is its time when the callback began.")
                    .build(),
            wasi("clock_res_get", WasiProcess::resolution)
                    .in("clock_id")
                    .out64("return_resolution")
                    .build(),
            wasi("random_get", WasiProcess::random)
                    .in("buffer", "buffer_size")
                    .note("At most 64 KiB a call.")
                    .build(),
            wasi("poll_oneoff", WasiProcess::noEvents)
                    .in("subscriptions", "events", "num_subscriptions")
                    .out("return_num_events")
                    .usableIn(CallPhase.START, CallPhase.ALLOCATION)
                    .support(HostFunction.Support.STUB)
                    .note("Answers 0 and no event, at once: a filter that sleeps spins.")
                    .build(),
            stub("sched_yield", Errno.SUCCESS)
                    .usableIn(CallPhase.START, CallPhase.ALLOCATION)
                    .build(),
            row("proc_exit", Convention.VALUE, WasiProcess::exit)
                    .in("exit_code")
                    .returns(List.of())
                    .usableIn(CallPhase.values())
                    .note("Ends the start function normally if the code is 0; otherwise the instance fails.")
                    .build(),
            stub("proc_raise", Errno.NOTSUP).in("signal").build());

    private static final int REALTIME = 0;
    private static final int MONOTONIC = 1;
    private static final int MOST_RANDOM_BYTES = 64 * 1024;

    private WasiProcess() {}

    private static Errno noArguments(GuestCall call) {
        call.returnU32(0, 0);
        call.returnU32(1, 0);
        return Errno.SUCCESS;
    }

    private static Errno time(GuestCall call) {
        switch (call.i32(0)) {
            case REALTIME -> call.returnU64(0, call.scope().clock().epochNanos());
            case MONOTONIC -> call.returnU64(0, call.scope().clock().monotonicNanos());
            default -> {
                return Errno.NOTSUP;
            }
        }
        return Errno.SUCCESS;
    }

    private static Errno resolution(GuestCall call) {
        int clock = call.i32(0);
        if (clock != REALTIME && clock != MONOTONIC) {
            return Errno.NOTSUP;
        }
        call.returnU64(0, 1);
        return Errno.SUCCESS;
    }

    private static Errno random(GuestCall call) {
        long size = call.u32(1);
        if (size > MOST_RANDOM_BYTES) {
            return Errno.INVAL;
        }
        call.checkRange(call.i32(0), (int) size);
        byte[] bytes = new byte[(int) size];
        RANDOM.nextBytes(bytes);
        call.memory().write(call.i32(0), bytes, 0, bytes.length);
        return Errno.SUCCESS;
    }

    private static Errno noEvents(GuestCall call) {
        call.returnU32(0, 0);
        return Errno.SUCCESS;
    }

    private static void exit(GuestCall call) {
        throw new GuestExit(call.i32(0));
    }
}
