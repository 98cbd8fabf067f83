package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;

import dev.proxywasm.Limits;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.callout.CalloutStart;
import java.nio.ByteBuffer;
import java.util.List;

/** HTTP callouts. */
final class HttpCallHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(proxy("proxy_http_call", HttpCallHostcalls::call)
            .text("upstream_name")
            .opaque("headers_map")
            .opaque("body")
            .opaque("trailers_map")
            .in("timeout_milliseconds")
            .out("return_call_id")
            .note(
                    "The upstream is a configured name; host:port or a URL only where direct callouts are allowed. Trailers"
                            + " need the artifact proxy-wasm-http-client; without it they are left out, with a warning.")
            .build());

    private HttpCallHostcalls() {}

    /**
     * Starts an HTTP call whose answer comes as {@code proxy_on_http_call_response}, never before this callback has returned.
     *
     * <ul>
     *   <li>OK
     *   <li>BAD_ARGUMENT: the upstream is unknown, {@code :method}, {@code :path} or {@code :authority} is missing, a header cannot be
     *       sent, or the time-out is negative
     *   <li>INTERNAL_FAILURE: the body is too large, too many calls have no answer yet, or the call could not be started
     * </ul>
     */
    private static Status call(GuestCall call) {
        call.returnU32(0, 0);
        Limits limits = call.scope().plugin().limits();
        String upstream = call.utf8(0, "header-bytes", limits.headerBytes());
        HeaderMap headers = call.map(2);
        byte[] body = call.bytes(4, "callout-body", limits.calloutBodyBytes());
        HeaderMap trailers = call.map(6);
        int timeoutMillis = call.i32(8);
        if (timeoutMillis < 0) {
            throw Refusal.badArgument("timeout_milliseconds " + timeoutMillis + " is negative");
        }
        CalloutStart start =
                call.scope().callouts().http().start(upstream, headers, ByteBuffer.wrap(body), trailers, timeoutMillis);
        call.returnU32(0, Refusal.unlessStarted(start));
        return Status.OK;
    }
}
