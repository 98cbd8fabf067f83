package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.Limits;
import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import java.util.List;

/** Going on with, ending and answering a stream. Everything here takes effect after the callback returned. */
final class StreamHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(
            proxy("proxy_continue_stream", StreamHostcalls::continueStream)
                    .in("stream_type")
                    .versions(AbiVersion.V0_2_0, AbiVersion.V0_2_1)
                    .note("Without effect where nothing is paused, and on TCP streams, which this host does not have.")
                    .build(),
            proxy("proxy_close_stream", StreamHostcalls::closeStream)
                    .in("stream_type")
                    .versions(AbiVersion.V0_2_0, AbiVersion.V0_2_1)
                    .note("Without effect on TCP streams, which this host does not have.")
                    .build(),
            proxy("proxy_send_local_response", StreamHostcalls::sendLocalResponse)
                    .in("status_code")
                    .text("status_code_details")
                    .opaque("body")
                    .opaque("additional_headers")
                    .in("grpc_status")
                    .note("Status codes 200 to 999. The first of several wins.")
                    .build());

    private static final int LEAST_STATUS = 200;
    private static final int MOST_STATUS = 999;
    private static final int MOST_DETAILS_BYTES = 4096;
    private static final int LEAST_BODY_LIMIT = 64 * 1024;

    private StreamHostcalls() {}

    /**
     * Resumes a paused direction.
     *
     * <ul>
     *   <li>OK: also where nothing is paused, or there is no stream
     *   <li>BAD_ARGUMENT: there is no such stream type
     * </ul>
     *
     * <p>Differs: Envoy answers UNIMPLEMENTED for upstream TCP data, which makes the Rust SDK panic.
     */
    private static Status continueStream(GuestCall call) {
        call.context().continueStream(call.streamType(0));
        return Status.OK;
    }

    /** Resets the stream; statuses as {@link #continueStream}. */
    private static Status closeStream(GuestCall call) {
        call.context().closeStream(call.streamType(0));
        return Status.OK;
    }

    /**
     * Answers the request instead of the application. Details are for logs, and cut where they are too long for one.
     *
     * <ul>
     *   <li>OK: also where there is no stream, and where one has been sent: then with a warning
     *   <li>BAD_ARGUMENT: the code is not from 200 to 999, or the headers are malformed
     *   <li>INTERNAL_FAILURE: the body or the headers exceed the plugin's limits
     * </ul>
     */
    private static Status sendLocalResponse(GuestCall call) {
        long code = call.u32(0);
        if (code < LEAST_STATUS || code > MOST_STATUS) {
            throw Refusal.badArgument("status code " + code + " is not from " + LEAST_STATUS + " to " + MOST_STATUS);
        }
        Limits limits = call.scope().plugin().limits();
        String details = new String(call.bytesUpTo(1, MOST_DETAILS_BYTES), UTF_8);
        byte[] body =
                call.bytes(3, "response-body-buffer", Math.max(limits.responseBodyBufferBytes(), LEAST_BODY_LIMIT));
        HeaderMap extra = new HeaderRules(call, MapType.HTTP_RESPONSE_HEADERS).extra(call.map(5));
        HeaderMap request = call.context().requestHeaders();
        boolean sent = call.context()
                .sendLocalResponse(LocalReplies.of(request, (int) code, details, body, extra, call.i32(7)));
        if (!sent) {
            call.warn("has no effect: there is no stream in " + call.context() + ", or it was answered before");
        }
        return Status.OK;
    }
}
