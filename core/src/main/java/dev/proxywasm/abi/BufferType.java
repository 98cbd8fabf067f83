package dev.proxywasm.abi;

/** A buffer that a guest can read or change; the ordinal is the ABI's number. */
public enum BufferType {
    /** 0: the request body held or passing. */
    HTTP_REQUEST_BODY,
    /** 1: the response body held or passing. */
    HTTP_RESPONSE_BODY,
    /** 2: bytes from the client of a TCP connection. */
    DOWNSTREAM_DATA,
    /** 3: bytes from the upstream of a TCP connection. */
    UPSTREAM_DATA,
    /** 4: the body of an HTTP callout's response. */
    HTTP_CALL_RESPONSE_BODY,
    /** 5: a gRPC callout's message. */
    GRPC_RECEIVE_BUFFER,
    /** 6: the VM's configuration. */
    VM_CONFIGURATION,
    /** 7: the plugin's configuration. */
    PLUGIN_CONFIGURATION,
    /** 8: arguments of a foreign function call. */
    CALL_DATA
}
