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

    private static final String NEEDS_MODULE = "Needs the artifact proxy-wasm-grpc; UNIMPLEMENTED without it."
            + " AssemblyScript's older shape, without initial metadata, is offered too.";

    private static final String METADATA = "initial_metadata_map";

    static final List<HostFunction> FUNCTIONS = List.of(
            call(target("proxy_grpc_call", call -> call(call, 8)).opaque(METADATA)),
            stream(target("proxy_grpc_stream", GrpcCallHostcalls::stream).opaque(METADATA)),
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

    /** What AssemblyScript's SDK imports: the shapes of a draft, which had no initial metadata. */
    static final List<HostFunction> OLDER_SHAPES = List.of(
            call(target("proxy_grpc_call", call -> call(call, 6))),
            stream(target("proxy_grpc_stream", GrpcCallHostcalls::stream)));

    private GrpcCallHostcalls() {}

    private static HostFunction.Builder target(String name, Hostcall handler) {
        return proxy(name, handler)
                .opaque("upstream_name")
                .text("service_name")
                .text("method_name")
                .note(NEEDS_MODULE);
    }

    private static HostFunction call(HostFunction.Builder row) {
        return row.opaque("message")
                .in("timeout_milliseconds")
                .out("return_call_id")
                .build();
    }

    private static HostFunction stream(HostFunction.Builder row) {
        return row.out("return_stream_id").build();
    }

    /**
     * Starts a unary call.
     *
     * <ul>
     *   <li>OK
     *   <li>BAD_ARGUMENT: the time-out is negative, or the metadata is no map
     *   <li>PARSE_FAILURE: the upstream is unknown
     *   <li>INTERNAL_FAILURE: a name or a metadata value cannot be sent, the message is too large, or too many calls have no answer yet
     *   <li>UNIMPLEMENTED: this host makes no gRPC calls
     * </ul>
     *
     * @param message the number of the parameter that points to it
     */
    private static Status call(GuestCall call, int message) {
        GrpcTarget target = target(call);
        ByteBuffer question = message(call, message);
        int timeoutMillis = call.i32(message + 2);
        if (timeoutMillis < 0) {
            throw Refusal.badArgument("timeout_milliseconds " + timeoutMillis + " is negative");
        }
        call.returnU32(0, Refusal.unlessStarted(call.scope().callouts().grpc().call(target, question, timeoutMillis)));
        return Status.OK;
    }

    /** Opens a stream; statuses as {@link #call}. */
    private static Status stream(GuestCall call) {
        call.returnU32(0, Refusal.unlessStarted(call.scope().callouts().grpc().stream(target(call))));
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
        return done(call.scope().callouts().grpc().send(call.i32(0), message, call.i32(3) != 0));
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
        return done(call.scope().callouts().grpc().cancel(call.i32(0)));
    }

    /** Half-closes a stream or gives a unary call up; statuses as {@link #cancel}. */
    private static Status close(GuestCall call) {
        return done(call.scope().callouts().grpc().close(call.i32(0)));
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
        boolean hasMetadata =
                call.function().params().stream().anyMatch(param -> param.name().startsWith(METADATA));
        HeaderMap metadata = hasMetadata ? call.map(6) : new HeaderMap(0);
        return new GrpcTarget(upstream, service, method, metadata);
    }

    private static ByteBuffer message(GuestCall call, int param) {
        return ByteBuffer.wrap(
                call.bytes(param, "callout-body", call.scope().plugin().limits().calloutBodyBytes()));
    }

    private static Status done(CalloutStart start) {
        Refusal.unlessStarted(start);
        return Status.OK;
    }
}
