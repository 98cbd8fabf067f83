package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.internal.engine.PlainHostcall;

/** The plain cases of {@link HeaderMapHostcalls}: names and values that stay as they are, and maps that are there and have room. */
final class PlainHeaders {

    private static final Change ADD = HeaderMap::add;
    private static final Change SET = HeaderMap::set;

    private PlainHeaders() {}

    private interface Change {
        void apply(HeaderMap map, String name, String value);
    }

    /** Initialises what a first answer may not, names in upper case for one: see {@link PlainHostcall}. */
    static void initialize() {
        HeaderMap map = HeaderMap.of("Name", "value");
        MapCodec.encode(map);
        HeaderRules.find(map, MapType.HTTP_REQUEST_HEADERS, "Host");
    }

    static int getPairs(PlainCall call) {
        HeaderMap map = call.map();
        if (map == null || map.isEmpty() || !call.takesBytes(1)) {
            return PlainHostcall.NONE;
        }
        return call.returnBytes(1, MapCodec.encode(map));
    }

    static int getValue(PlainCall call) {
        HeaderMap map = call.map();
        if (map == null || !call.isText(1) || !call.takesBytes(3)) {
            return PlainHostcall.NONE;
        }
        String value = HeaderRules.find(map, call.mapType(), call.text(1));
        if (value == null) {
            return call.missingHeader();
        }
        return value.isEmpty() ? PlainHostcall.NONE : call.returnBytes(3, value.getBytes(ISO_8859_1));
    }

    static int addValue(PlainCall call) {
        return write(call, ADD);
    }

    static int replaceValue(PlainCall call) {
        return write(call, SET);
    }

    private static int write(PlainCall call, Change change) {
        HeaderMap map = call.writableMap();
        if (map == null || !call.isText(1) || !call.isText(3)) {
            return PlainHostcall.NONE;
        }
        String name = call.text(1);
        String value = call.text(3);
        if (!HeaderRules.isPlain(call.mapType(), name, value)
                || !HeaderRules.hasRoom(map, name, value, call.limits())) {
            return PlainHostcall.NONE;
        }
        change.apply(map, name, value);
        return Status.OK.code();
    }

    static int removeValue(PlainCall call) {
        HeaderMap map = call.writableMap();
        if (map == null || !call.isText(1)) {
            return PlainHostcall.NONE;
        }
        String name = call.text(1);
        if (!HeaderRules.isPlain(call.mapType(), name, "")) {
            return PlainHostcall.NONE;
        }
        map.remove(name);
        return Status.OK.code();
    }
}
