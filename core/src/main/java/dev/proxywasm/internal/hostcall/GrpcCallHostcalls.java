package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.unimplemented;

import java.util.List;

/** gRPC callouts and the status of the last callout (abi.md 2.9); not there yet. */
final class GrpcCallHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(
            unimplemented("proxy_grpc_call")
                    .opaque("upstream_name")
                    .text("service_name")
                    .text("method_name")
                    .opaque("initial_metadata_map")
                    .opaque("message")
                    .in("timeout_milliseconds")
                    .out("return_call_id")
                    .build(),
            unimplemented("proxy_grpc_stream")
                    .opaque("upstream_name")
                    .text("service_name")
                    .text("method_name")
                    .opaque("initial_metadata_map")
                    .out("return_stream_id")
                    .build(),
            unimplemented("proxy_grpc_send")
                    .in("stream_id")
                    .opaque("message")
                    .in("end_of_stream")
                    .build(),
            unimplemented("proxy_grpc_cancel").in("call_or_stream_id").build(),
            unimplemented("proxy_grpc_close").in("call_or_stream_id").build(),
            unimplemented("proxy_get_status")
                    .out("return_status_code")
                    .outBytes("status_message")
                    .build());

    private GrpcCallHostcalls() {}
}
