package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.unimplemented;

import java.util.List;

/** HTTP callouts (abi.md 2.8); not there yet. */
final class HttpCallHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(unimplemented("proxy_http_call")
            .text("upstream_name")
            .opaque("headers_map")
            .opaque("body")
            .opaque("trailers_map")
            .in("timeout_milliseconds")
            .out("return_call_id")
            .build());

    private HttpCallHostcalls() {}
}
