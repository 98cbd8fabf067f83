package dev.proxywasm.internal.foreign;

import dev.proxywasm.spi.ForeignFunction;
import dev.proxywasm.spi.SharedData;
import java.util.Map;

/**
 * The foreign functions that every host has: those of Envoy but for CEL, which a module of its own adds, and two for what the
 * ABI lacks in shared data.
 */
public final class BuiltInFunctions {

    private static final byte[] NOTHING = {};

    private BuiltInFunctions() {}

    /** By name; those for shared data act on that store. */
    public static Map<String, ForeignFunction> of(SharedData data) {
        SharedDataFunctions shared = new SharedDataFunctions(data);
        return Map.of(
                "compress", Compression::compress,
                "uncompress", Compression::uncompress,
                // There is no route to choose again: the application is behind the chain whatever the request says.
                "clear_route_cache", call -> NOTHING,
                "declare_property", PropertyFunctions::declare,
                "set_envoy_filter_state", PropertyFunctions::setFilterState,
                "verify_signature", Signatures::verify,
                "sign", Signatures::sign,
                "delete_shared_data", shared::delete,
                "expire_shared_data", shared::expire);
    }
}
