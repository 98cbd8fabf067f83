package dev.proxywasm.abi;

/** What a hostcall answers ({@code proxy_status_t}). Numbers 5, 9 and 11 exist in Envoy and are never returned here. */
public enum Status {
    /** Done. */
    OK(0),
    /** What was asked for does not exist. */
    NOT_FOUND(1),
    /** An argument is out of its range, or the call is not possible now. */
    BAD_ARGUMENT(2),
    /** A value has no encoding, or cannot be encoded or decoded. */
    SERIALIZATION_FAILURE(3),
    /** An argument cannot be parsed. */
    PARSE_FAILURE(4),
    /** A range or a result pointer lies outside memory, or the guest's allocator failed. */
    INVALID_MEMORY_ACCESS(6),
    /** A queue holds nothing. */
    EMPTY(7),
    /** A shared value was changed in the meantime. */
    CAS_MISMATCH(8),
    /** The host could not do it, or the plugin may not use it. */
    INTERNAL_FAILURE(10),
    /** The host does not have this function. */
    UNIMPLEMENTED(12);

    private final int code;

    Status(int code) {
        this.code = code;
    }

    /** The number that the guest gets. */
    public int code() {
        return code;
    }
}
