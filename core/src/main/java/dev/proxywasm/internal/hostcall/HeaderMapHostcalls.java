package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.internal.context.ContextState;
import java.util.List;

/**
 * Headers and trailers. What a guest writes passes {@link HeaderRules}.
 *
 * <p>All functions answer BAD_ARGUMENT for a type that the ABI does not have. All that write answer BAD_ARGUMENT for a map that is not
 * there or has been sent on, and INTERNAL_FAILURE where it would outgrow the plugin's limits.
 */
final class HeaderMapHostcalls {

    static {
        PlainHeaders.initialize();
    }

    static final List<HostFunction> FUNCTIONS = List.of(
            proxy("proxy_get_header_map_pairs", HeaderMapHostcalls::getPairs)
                    .in("map_id")
                    .outBytes("map")
                    .note("A map that is not there reads as empty.")
                    .plainly(PlainHeaders::getPairs)
                    .build(),
            proxy("proxy_set_header_map_pairs", HeaderMapHostcalls::setPairs)
                    .in("map_id")
                    .opaque("map")
                    .note("Pseudo-headers that are missing stay; malformed pairs answer BAD_ARGUMENT.")
                    .build(),
            proxy("proxy_get_header_map_value", HeaderMapHostcalls::getValue)
                    .in("map_id")
                    .text("key")
                    .outBytes("value")
                    .note("The first of several values. In 0.1.0 a missing key reads as empty."
                            + " Once the exchange is over, a map that never came has no keys.")
                    .plainly(PlainHeaders::getValue)
                    .build(),
            proxy("proxy_add_header_map_value", HeaderMapHostcalls::addValue)
                    .in("map_id")
                    .text("key")
                    .opaque("value")
                    .note("Replaces a pseudo-header. Characters that no header may hold are stripped.")
                    .plainly(PlainHeaders::addValue)
                    .build(),
            proxy("proxy_replace_header_map_value", HeaderMapHostcalls::replaceValue)
                    .in("map_id")
                    .text("key")
                    .opaque("value")
                    .note("Characters that no header may hold are stripped.")
                    .plainly(PlainHeaders::replaceValue)
                    .build(),
            proxy("proxy_remove_header_map_value", HeaderMapHostcalls::removeValue)
                    .in("map_id")
                    .text("key")
                    .note("Pseudo-headers stay.")
                    .plainly(PlainHeaders::removeValue)
                    .build(),
            proxy("proxy_get_header_map_size", HeaderMapHostcalls::getSize)
                    .in("map_id")
                    .out("return_size")
                    .note("The size of the serialised map.")
                    .build());

    private static final String LIMIT = "header-bytes";

    private HeaderMapHostcalls() {}

    /** Reads the whole map: OK, empty where it is not there. */
    private static Status getPairs(GuestCall call) {
        HeaderMap map = call.context().headerMap(call.mapType(0));
        if (map == null) {
            call.returnNothing();
        } else {
            call.returnBytes(MapCodec.encode(map));
        }
        return Status.OK;
    }

    /** Replaces the whole map: OK, or BAD_ARGUMENT with the map untouched if the pairs are malformed. */
    private static Status setPairs(GuestCall call) {
        MapType type = call.mapType(0);
        HeaderMap pairs = call.map(1);
        new HeaderRules(call, type).assign(writable(call, type), pairs);
        return Status.OK;
    }

    /**
     * Reads the first value of a name.
     *
     * <ul>
     *   <li>OK
     *   <li>BAD_ARGUMENT: the map is not there
     *   <li>NOT_FOUND: it has no such name (0.1.0: OK with an empty value), or it never came and the exchange is over: as in Envoy, a log
     *       asks for the status of a response without knowing whether there was one
     * </ul>
     */
    private static Status getValue(GuestCall call) {
        MapType type = call.mapType(0);
        String key = latin1(call, 1);
        HeaderMap map = call.context().headerMap(type);
        if (map == null && call.context().state() != ContextState.DELETED) {
            throw Refusal.badArgument(type + " is not there");
        }
        String value = map == null ? null : HeaderRules.find(map, type, key);
        if (value == null) {
            return missing(call);
        }
        call.returnBytes(value.getBytes(ISO_8859_1));
        return Status.OK;
    }

    private static Status missing(GuestCall call) {
        Status status = AbiDialect.of(call.scope().abiVersion()).missingHeader();
        if (status == Status.OK) {
            call.returnNothing();
        }
        return status;
    }

    /** Appends an entry: OK. */
    private static Status addValue(GuestCall call) {
        MapType type = call.mapType(0);
        String key = latin1(call, 1);
        String value = latin1(call, 3);
        new HeaderRules(call, type).add(writable(call, type), key, value);
        return Status.OK;
    }

    /** Makes an entry the only one of its name: OK. */
    private static Status replaceValue(GuestCall call) {
        MapType type = call.mapType(0);
        String key = latin1(call, 1);
        String value = latin1(call, 3);
        new HeaderRules(call, type).replace(writable(call, type), key, value);
        return Status.OK;
    }

    /** Removes all entries of a name: OK, also if there is none. */
    private static Status removeValue(GuestCall call) {
        MapType type = call.mapType(0);
        String key = latin1(call, 1);
        new HeaderRules(call, type).remove(writable(call, type), key);
        return Status.OK;
    }

    /** Reads the size of the serialised map: OK, or BAD_ARGUMENT if the map is not there. */
    private static Status getSize(GuestCall call) {
        MapType type = call.mapType(0);
        HeaderMap map = call.context().headerMap(type);
        if (map == null) {
            throw Refusal.badArgument(type + " is not there");
        }
        call.returnU32(0, MapCodec.encodedSize(map));
        return Status.OK;
    }

    private static HeaderMap writable(GuestCall call, MapType type) {
        HeaderMap map = call.context().headerMap(type);
        if (map == null || !call.context().canWrite(type)) {
            throw Refusal.badArgument(
                    type + " cannot be changed " + (map == null ? "while it is not there" : "any more"));
        }
        return map;
    }

    private static String latin1(GuestCall call, int param) {
        return call.latin1(param, LIMIT, call.scope().plugin().limits().headerBytes());
    }
}
