package dev.proxywasm.abi;

/** A header map that a guest can read or change; the ordinal is the ABI's number. */
public enum MapType {
    /** 0. */
    HTTP_REQUEST_HEADERS,
    /** 1. */
    HTTP_REQUEST_TRAILERS,
    /** 2. */
    HTTP_RESPONSE_HEADERS,
    /** 3. */
    HTTP_RESPONSE_TRAILERS,
    /** 4. */
    GRPC_RECEIVE_INITIAL_METADATA,
    /** 5. */
    GRPC_RECEIVE_TRAILING_METADATA,
    /** 6. */
    HTTP_CALL_RESPONSE_HEADERS,
    /** 7. */
    HTTP_CALL_RESPONSE_TRAILERS
}
