package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;

import dev.proxywasm.abi.Status;
import java.util.List;

/** The timer of the root context. */
final class TimerHostcalls {

    static final List<HostFunction> FUNCTIONS =
            List.of(proxy("proxy_set_tick_period_milliseconds", TimerHostcalls::setTickPeriod)
                    .in("tick_period")
                    .note("Each instance of a plugin has its own timer.")
                    .build());

    private TimerHostcalls() {}

    /** Answers OK; 0 stops the timer, another period replaces the one there was. */
    private static Status setTickPeriod(GuestCall call) {
        call.scope().setTickPeriodMillis(call.u32(0));
        return Status.OK;
    }
}
