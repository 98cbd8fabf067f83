package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.unimplemented;

import java.util.List;

/** The key-value store that VMs share (abi.md 2.10); not there yet. */
final class SharedDataHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(
            unimplemented("proxy_get_shared_data")
                    .text("key")
                    .outBytes("value")
                    .out("return_cas")
                    .build(),
            unimplemented("proxy_set_shared_data")
                    .text("key")
                    .opaque("value")
                    .in("cas")
                    .build());

    private SharedDataHostcalls() {}
}
