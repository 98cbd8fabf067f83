package dev.proxywasm.abi;

import java.util.Optional;

/** A version of the Proxy-Wasm ABI, declared by a module through an exported function that is never called. */
public enum AbiVersion {
    /** 0.1.0. */
    V0_1_0("0.1.0", "proxy_abi_version_0_1_0"),
    /** 0.2.0. */
    V0_2_0("0.2.0", "proxy_abi_version_0_2_0"),
    /** 0.2.1. */
    V0_2_1("0.2.1", "proxy_abi_version_0_2_1");

    private final String text;
    private final String marker;

    AbiVersion(String text, String marker) {
        this.text = text;
        this.marker = marker;
    }

    /** The name of the exported function that declares this version. */
    public String marker() {
        return marker;
    }

    /** The version that an export of that name declares. */
    public static Optional<AbiVersion> ofMarker(String export) {
        for (AbiVersion version : values()) {
            if (version.marker.equals(export)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
