package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;

import dev.proxywasm.abi.Status;
import java.util.List;

/** Time. */
final class ClockHostcalls {

    static final List<HostFunction> FUNCTIONS =
            List.of(proxy("proxy_get_current_time_nanoseconds", ClockHostcalls::currentTime)
                    .out64("return_time")
                    .usableIn(CallPhase.START)
                    .note("The first answer in a callback is the time when it began; later ones are exact.")
                    .build());

    private ClockHostcalls() {}

    /** Answers OK and the time of the wall clock, in nanoseconds since the epoch. */
    private static Status currentTime(GuestCall call) {
        call.returnU64(0, call.scope().clock().epochNanos());
        return Status.OK;
    }
}
