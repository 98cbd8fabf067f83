package dev.proxywasm.internal.callback;

import java.util.List;

/**
 * A function that the host calls in the guest, if the guest exports it.
 *
 * <p>The parameters are those of ABI 0.2.1. A module that declares fewer, as the header callbacks of 0.1.0 do, gets the first ones: its
 * real arity decides, not its version marker.
 */
public enum Callback {
    /** A context begins to exist for the guest. */
    CONTEXT_CREATE("proxy_on_context_create", 0, "context_id", "parent_context_id"),
    /** The VM starts; false refuses. */
    VM_START("proxy_on_vm_start", 1, "root_context_id", "vm_configuration_size"),
    /** The plugin is configured; false refuses. */
    CONFIGURE("proxy_on_configure", 1, "root_context_id", "plugin_configuration_size"),
    /** The root context's timer. */
    TICK("proxy_on_tick", 0, "root_context_id"),
    /** A value was appended to a queue that the VM registered last. */
    QUEUE_READY("proxy_on_queue_ready", 0, "root_context_id", "queue_id"),
    /** A foreign function answers later; its arguments are buffer 8. */
    FOREIGN_FUNCTION("proxy_on_foreign_function", 0, "context_id", "function_id", "arguments_size"),
    /** An HTTP callout ended; nothing but zeros behind the token means without an answer. */
    HTTP_CALL_RESPONSE(
            "proxy_on_http_call_response", 0, "root_context_id", "call_id", "num_headers", "body_size", "num_trailers"),
    /** The server's first metadata of a gRPC callout. */
    GRPC_RECEIVE_INITIAL_METADATA(
            "proxy_on_grpc_receive_initial_metadata", 0, "root_context_id", "call_or_stream_id", "num_elements"),
    /** A message of a gRPC callout. */
    GRPC_RECEIVE("proxy_on_grpc_receive", 0, "root_context_id", "call_or_stream_id", "message_size"),
    /** The server's last metadata of a gRPC stream. */
    GRPC_RECEIVE_TRAILING_METADATA(
            "proxy_on_grpc_receive_trailing_metadata", 0, "root_context_id", "call_or_stream_id", "num_elements"),
    /** A gRPC stream ended, or a unary call failed. */
    GRPC_CLOSE("proxy_on_grpc_close", 0, "root_context_id", "call_or_stream_id", "status_code"),
    /** The addresses of a name that was to be resolved; they are buffer 8, which is empty if there are none. */
    RESOLVE_DNS("envoy_on_resolve_dns", 0, "root_context_id", "token", "result_size"),
    /** Request headers; answers an action. */
    REQUEST_HEADERS("proxy_on_request_headers", 0, "context_id", "num_headers", "end_of_stream"),
    /** A part of the request body; answers an action. */
    REQUEST_BODY("proxy_on_request_body", 0, "context_id", "body_size", "end_of_stream"),
    /** Request trailers; answers an action. */
    REQUEST_TRAILERS("proxy_on_request_trailers", 0, "context_id", "num_trailers"),
    /** Response headers; answers an action. */
    RESPONSE_HEADERS("proxy_on_response_headers", 0, "context_id", "num_headers", "end_of_stream"),
    /** A part of the response body; answers an action. */
    RESPONSE_BODY("proxy_on_response_body", 0, "context_id", "body_size", "end_of_stream"),
    /** Response trailers; answers an action. */
    RESPONSE_TRAILERS("proxy_on_response_trailers", 0, "context_id", "num_trailers"),
    /** A context is about to end; false from a root context defers that until {@code proxy_done}. */
    DONE("proxy_on_done", 1, "context_id"),
    /** The last chance to look at an exchange. */
    LOG("proxy_on_log", 0, "context_id"),
    /** A context is gone. */
    DELETE("proxy_on_delete", 0, "context_id");

    private final String export;
    private final int absentAnswer;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so
    private final List<String> parameters;

    Callback(String export, int absentAnswer, String... parameters) {
        this.export = export;
        this.absentAnswer = absentAnswer;
        this.parameters = List.of(parameters);
    }

    /** Its number among all entry points, which are made of this enum's values in their order. */
    public int entryPoint() {
        return ordinal();
    }

    /** The name under which guests export it. */
    public String export() {
        return export;
    }

    /** What counts as the answer of a guest that does not export it. */
    public int absentAnswer() {
        return absentAnswer;
    }

    /** The names of its parameters. */
    public List<String> parameters() {
        return parameters;
    }
}
