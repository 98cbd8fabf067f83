package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.callout.CalloutStart;
import dev.proxywasm.internal.callout.CalloutView;
import dev.proxywasm.internal.callout.GrpcTarget;
import java.nio.ByteBuffer;
import java.util.List;

/** gRPC callouts and the status of the callout that the guest is being told of. */
final class GrpcCallHostcalls {

    private static final String NEEDS_MODULE = "Needs the artifact proxy-wasm-grpc; UNIMPLEMENTED without it.";

    static final List<HostFunction> FUNCTIONS = List.of(
            proxy("proxy_grpc_call", GrpcCallHostcalls::call)
                    .opaque("upstream_name")
                    .text("service_name")
                    .text("method_name")
                    .opaque("initial_metadata_map")
                    .opaque("message")
                    .in("timeout_milliseconds")
                    .out("return_call_id")
                    .note(NEEDS_MODULE)
                    .build(),
            proxy("proxy_grpc_stream", GrpcCallHostcalls::stream)
                    .opaque("upstream_name")
                    .text("service_name")
                    .text("method_name")
                    .opaque("initial_metadata_map")
                    .out("return_stream_id")
                    .note(NEEDS_MODULE)
                    .build(),
            proxy("proxy_grpc_send", GrpcCallHostcalls::send)
                    .in("stream_id")
                    .opaque("message")
                    .in("end_of_stream")
                    .build(),
            proxy("proxy_grpc_cancel", GrpcCallHostcalls::cancel)
                    .in("call_or_stream_id")
                    .build(),
            proxy("proxy_grpc_close", GrpcCallHostcalls::close)
                    .in("call_or_stream_id")
                    .note("Half-closes a stream, which can still be answered; cancels a unary call.")
                    .build(),
            proxy("proxy_get_status", GrpcCallHostcalls::status)
                    .out("return_status_code")
                    .outBytes("status_message")
                    .note("Of the callout that the guest is being told of; 0 and empty at other times.")
                    .build());

    private GrpcCallHostcalls() {}

    /**
     * Starts a unary call.
     *
     * <ul>
     *   <li>OK
     *   <li>BAD_ARGUMENT: the time-out is negative
     *   <li>PARSE_FAILURE: the upstream is unknown
     *   <li>INTERNAL_FAILURE: a name or a metadata value cannot be sent, the message is too large, or too many calls have no answer yet
     *   <li>UNIMPLEMENTED: this host makes no gRPC calls
     * </ul>
     */
    private static Status call(GuestCall call) {
        GrpcTarget target = target(call);
        ByteBuffer message = message(call, 8);
        int timeoutMillis = call.i32(10);
        if (timeoutMillis < 0) {
            throw Refusal.badArgument("timeout_milliseconds " + timeoutMillis + " is negative");
        }
        int token = checked(call.scope().callouts().grpc().call(target, message, timeoutMillis));
        call.returnU32(0, token);
        return Status.OK;
    }

    /** Opens a stream; statuses as {@link #call}. */
    private static Status stream(GuestCall call) {
        int token = checked(call.scope().callouts().grpc().stream(target(call)));
        call.returnU32(0, token);
        return Status.OK;
    }

    /**
     * Sends a message on a stream.
     *
     * <ul>
     *   <li>OK
     *   <li>BAD_ARGUMENT: the number is no stream's, the stream was half-closed, or too much is waiting to be sent
     *   <li>NOT_FOUND: no such call is under way
     *   <li>INTERNAL_FAILURE: the message is too large
     * </ul>
     */
    private static Status send(GuestCall call) {
        ByteBuffer message = message(call, 1);
        checked(call.scope().callouts().grpc().send(call.i32(0), message, call.i32(3) != 0));
        return Status.OK;
    }

    /**
     * Gives a call up; no callback follows.
     *
     * <ul>
     *   <li>OK
     *   <li>NOT_FOUND: no such gRPC call is under way
     * </ul>
     */
    private static Status cancel(GuestCall call) {
        checked(call.scope().callouts().grpc().cancel(call.i32(0)));
        return Status.OK;
    }

    /** Half-closes a stream or gives a unary call up; statuses as {@link #cancel}. */
    private static Status close(GuestCall call) {
        checked(call.scope().callouts().grpc().close(call.i32(0)));
        return Status.OK;
    }

    /** Reads the status of the callout; always OK. */
    private static Status status(GuestCall call) {
        CalloutView view = call.scope().callouts().view();
        call.returnBytes(1, view.statusMessage().getBytes(UTF_8));
        call.returnU32(0, view.statusCode());
        return Status.OK;
    }

    private static GrpcTarget target(GuestCall call) {
        int most = call.scope().plugin().limits().headerBytes();
        ByteBuffer upstream = ByteBuffer.wrap(call.bytes(0, "header-bytes", most));
        String service = call.utf8(2, "header-bytes", most);
        String method = call.utf8(4, "header-bytes", most);
        HeaderMap metadata = call.map(6);
        return new GrpcTarget(upstream, service, method, metadata);
    }

    private static ByteBuffer message(GuestCall call, int param) {
        return ByteBuffer.wrap(
                call.bytes(param, "callout-body", call.scope().plugin().limits().calloutBodyBytes()));
    }

    private static int checked(CalloutStart start) {
        if (start.status() != Status.OK) {
            throw Refusal.of(start.status(), start.reason());
        }
        return start.token();
    }
}
