package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;

import dev.proxywasm.abi.Status;
import java.util.List;

/** Functions that a host offers by name (abi.md 2.12 and 5.2). */
final class ForeignHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(proxy("proxy_call_foreign_function", ForeignHostcalls::call)
            .text("function_name")
            .opaque("arguments")
            .outOptionalBytes("results")
            .support(HostFunction.Support.STUB)
            .note("There are no foreign functions yet: every name is NOT_FOUND.")
            .build());

    private ForeignHostcalls() {}

    /** Answers NOT_FOUND and an empty result, which hosts write also on failure. */
    private static Status call(GuestCall call) {
        call.checkRange(call.i32(0), call.i32(1));
        call.checkRange(call.i32(2), call.i32(3));
        call.returnNothing();
        return Status.NOT_FOUND;
    }
}
