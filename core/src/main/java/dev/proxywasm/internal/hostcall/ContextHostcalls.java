package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;

import dev.proxywasm.abi.Status;
import java.util.List;

/** Which context is acted on, and the deferred end of one. */
final class ContextHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(
            proxy("proxy_set_effective_context", ContextHostcalls::setEffective)
                    .in("context_id")
                    .note("Holds until the callback returns. 0 is the callback's own context again, as in Envoy.")
                    .build(),
            proxy("proxy_done", ContextHostcalls::done)
                    .note("Root contexts only: a stream context ends without waiting, as in Envoy.")
                    .build());

    private ContextHostcalls() {}

    /**
     * Chooses the context that hostcalls act on until the callback returns.
     *
     * <ul>
     *   <li>OK
     *   <li>BAD_ARGUMENT: no live context has that number
     * </ul>
     */
    private static Status setEffective(GuestCall call) {
        return call.scope().setEffectiveContext(call.i32(0)) ? Status.OK : Status.BAD_ARGUMENT;
    }

    /**
     * Ends a root context whose {@code proxy_on_done} answered false.
     *
     * <ul>
     *   <li>OK
     *   <li>NOT_FOUND: none waits for it
     * </ul>
     */
    private static Status done(GuestCall call) {
        return call.scope().done();
    }
}
