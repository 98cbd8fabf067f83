package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;

import dev.proxywasm.abi.Status;
import dev.proxywasm.spi.ForeignFunctionException;
import java.util.List;

/** Functions that a host offers by name. */
final class ForeignHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(proxy("proxy_call_foreign_function", ForeignHostcalls::call)
            .text("function_name")
            .opaque("arguments")
            .outOptionalBytes("results")
            .note("Those of Envoy and those that the embedder adds; `NOT_FOUND` for other names.")
            .build());

    private static final int MOST_NAME_BYTES = 4096;
    private static final int MOST_ARGUMENT_BYTES = 64 * 1024 * 1024;

    private ForeignHostcalls() {}

    /**
     * Calls a function of the host.
     *
     * <ul>
     *   <li>OK
     *   <li>NOT_FOUND: there is none of that name
     *   <li>INTERNAL_FAILURE: it failed for a reason of its own
     *   <li>whatever else the function says, with an empty result
     * </ul>
     */
    private static Status call(GuestCall call) {
        String name = call.utf8(0, "of function names", MOST_NAME_BYTES);
        byte[] arguments = call.bytes(2, "of function arguments", MOST_ARGUMENT_BYTES);
        try {
            GuestForeignCall foreign = new GuestForeignCall(call, arguments);
            call.returnBytes(call.scope().shared().foreignFunctions().call(name, foreign));
            return Status.OK;
        } catch (ForeignFunctionException refused) {
            call.warn("was refused: " + Printable.text(name) + ": " + refused.getMessage());
            call.returnNothing();
            return refused.status();
        }
    }
}
