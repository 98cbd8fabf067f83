package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxywasm.Limits;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.engine.PlainHostcall;
import org.jspecify.annotations.Nullable;

/**
 * Arguments and results of a hostcall that may be a plain case ({@link PlainHostcall}): what makes it none is asked for beforehand, where
 * {@link GuestCall} throws. One a function of a VM; confined to the VM.
 */
final class PlainCall implements PlainHostcall {

    private static final MapType[] MAPS = MapType.values();

    private final HostcallScope scope;
    private final Handler handler;
    private final int missingHeader;
    private long[] arguments = {};

    /** What a row does in plain cases. */
    @FunctionalInterface
    interface Handler {
        /** The answer, or {@link PlainHostcall#NONE}. */
        int handle(PlainCall call);
    }

    PlainCall(HostcallScope scope, Handler handler) {
        this.scope = scope;
        this.handler = handler;
        boolean isMissing = AbiDialect.of(scope.abiVersion()).missingHeader() == Status.NOT_FOUND;
        this.missingHeader = isMissing ? Status.NOT_FOUND.code() : NONE;
    }

    @Override
    public int answer(long[] given) {
        arguments = given;
        return handler.handle(this);
    }

    Limits limits() {
        return scope.plugin().limits();
    }

    /** What the first parameter says, if {@link #map} found one. */
    MapType mapType() {
        return MAPS[(int) arguments[0]];
    }

    /** The map that the first parameter names, or null. */
    @Nullable
    HeaderMap map() {
        int type = (int) arguments[0];
        return type < 0 || type >= MAPS.length ? null : scope.activeContext().headerMap(MAPS[type]);
    }

    /** The same if it may be changed, otherwise null. */
    @Nullable
    HeaderMap writableMap() {
        HeaderMap map = map();
        return map == null || !scope.activeContext().canWrite(mapType()) ? null : map;
    }

    /** Whether a pointer and the size behind it name a text that may stand in a header map. */
    boolean isText(int param) {
        int size = (int) arguments[param + 1];
        return size >= 0 && size <= limits().headerBytes() && scope.memory().contains((int) arguments[param], size);
    }

    String text(int param) {
        return new String(scope.memory().read((int) arguments[param], (int) arguments[param + 1]), ISO_8859_1);
    }

    /** The answer for a name that a map does not have. */
    int missingHeader() {
        return missingHeader;
    }

    /** Whether bytes can be returned through a pointer and the one behind it. */
    boolean takesBytes(int param) {
        return takesI32((int) arguments[param]) && takesI32((int) arguments[param + 1]);
    }

    private boolean takesI32(int ptr) {
        return scope.memory().contains(ptr, Integer.BYTES);
    }

    /** Returns bytes, one or more, as {@link GuestCall#returnBytes(byte[])} does; an allocator's answer that cannot be used is left to that. */
    int returnBytes(int param, byte[] value) {
        int target = scope.allocate(value.length);
        GuestMemory memory = scope.memory();
        if (target == 0 || !memory.contains(target, value.length)) {
            scope.keepAllocated(target);
            return NONE;
        }
        memory.write(target, value, 0, value.length);
        memory.writeI32((int) arguments[param], target);
        memory.writeI32((int) arguments[param + 1], value.length);
        return Status.OK.code();
    }
}
