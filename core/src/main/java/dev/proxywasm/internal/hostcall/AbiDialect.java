package dev.proxywasm.internal.hostcall;

import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.abi.Status;

/** Where ABI versions differ in what a hostcall does, other than in which functions there are. */
enum AbiDialect {

    /** 0.1.0: a header that is missing reads as empty. */
    V0_1(Status.OK),

    /** 0.2.0 and 0.2.1. */
    V0_2(Status.NOT_FOUND);

    private final Status missingHeader;

    AbiDialect(Status missingHeader) {
        this.missingHeader = missingHeader;
    }

    /** The dialect of a version. */
    static AbiDialect of(AbiVersion version) {
        return version == AbiVersion.V0_1_0 ? V0_1 : V0_2;
    }

    /** What {@code proxy_get_header_map_value} answers for a name that the map lacks; with OK goes an empty value. */
    Status missingHeader() {
        return missingHeader;
    }
}
