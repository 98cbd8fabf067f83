package dev.proxywasm.abi;

/** A direction of a stream that a guest can continue or close; the ordinal is the ABI's number. */
public enum StreamType {
    /** 0. */
    HTTP_REQUEST,
    /** 1. */
    HTTP_RESPONSE,
    /** 2. */
    DOWNSTREAM,
    /** 3. */
    UPSTREAM
}
