package dev.proxywasm.internal.fastpath;

import dev.proxywasm.abi.MapType;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.engine.HostcallFrame;
import org.jspecify.annotations.Nullable;

/** Header maps: laid out when they have changed, and changed as the code in the sandbox changed its copy. Confined to the VM. */
final class HeaderMaps implements Supply {

    private static final MapType[] TYPES = MapType.values();

    private final FastPathRegion region;
    private final HeaderStrings strings = new HeaderStrings();
    private final HeaderEncoder encoder = new HeaderEncoder();
    private final @Nullable HeaderMap[] shown = new HeaderMap[FastPathLayout.MAP_COUNT];
    private final int[] shownVersions = new int[FastPathLayout.MAP_COUNT];
    private final boolean[] fits = new boolean[FastPathLayout.MAP_COUNT];
    private final boolean[] assignable = new boolean[FastPathLayout.MAP_COUNT];
    private boolean assigns;

    /** For each kind of callback a bit for each type. */
    private final int[] wanted;

    HeaderMaps(FastPathRegion region, int kinds) {
        this.region = region;
        this.wanted = new int[kinds];
    }

    /** The first argument names the map. */
    @Override
    public void asked(int kind, HostcallFrame frame) {
        int type = frame.i32(0);
        if (type >= 0 && type < FastPathLayout.MAP_COUNT) {
            wanted[kind] |= 1 << type;
        }
    }

    /** The guest replaces maps as a whole, so that it is worth the while to find out whether the sandbox may. */
    void askedToAssign(int kind, HostcallFrame frame) {
        asked(kind, frame);
        assigns = true;
    }

    void show(Context entered, int kind) {
        for (int type = 0; type < FastPathLayout.MAP_COUNT; type++) {
            show(type, wantedMap(type, entered, kind), entered);
        }
    }

    /** Whether a map that such a callback asks for is laid out and has not changed. */
    boolean isAnyUpToDate(Context entered, int kind) {
        for (int type = 0; type < FastPathLayout.MAP_COUNT; type++) {
            HeaderMap map = wantedMap(type, entered, kind);
            if (map != null && isUpToDate(type, map)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable HeaderMap wantedMap(int type, Context entered, int kind) {
        return (wanted[kind] & 1 << type) == 0 ? null : entered.headerMap(TYPES[type]);
    }

    private void show(int type, @Nullable HeaderMap map, Context entered) {
        if (map != null && !isUpToDate(type, map)) {
            layOut(type, map);
        }
        if (map == null || !fits[type]) {
            region.setMapState(type, 0);
        } else {
            region.setMapState(type, entered.canWrite(TYPES[type]) ? writable(type) : FastPathLayout.READABLE);
        }
    }

    private int writable(int type) {
        return assignable[type] ? FastPathLayout.ASSIGNABLE : FastPathLayout.WRITABLE;
    }

    /** The same map and not an equal one: what is written will go to it. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isUpToDate(int type, HeaderMap map) {
        return shown[type] == map && shownVersions[type] == map.version();
    }

    private void layOut(int type, HeaderMap map) {
        fits[type] = encoder.encode(map, region.heapFree());
        if (fits[type]) {
            encoder.place(region, type);
            assignable[type] = assigns && PseudoHeaders.arePlain(type, map);
        }
        shown[type] = map;
        shownVersions[type] = map.version();
    }

    /** The heap was cleared. */
    void forget() {
        for (int type = 0; type < FastPathLayout.MAP_COUNT; type++) {
            shown[type] = null;
        }
    }

    /** Does what a record says. */
    void replay(int record) {
        int type = region.recordWhich(record);
        HeaderMap map = shown[type];
        if (map == null) {
            throw new IllegalStateException("the fast path changed map " + type + ", which it was not shown");
        }
        switch (region.recordWhat(record)) {
            case FastPathLayout.ADD -> map.add(region.recordName(record, strings), region.recordValue(record, strings));
            case FastPathLayout.REPLACE ->
                map.set(region.recordName(record, strings), region.recordValue(record, strings));
            case FastPathLayout.REMOVE -> map.remove(region.recordName(record, strings));
            default -> map.assign(MapCodec.decode(region.recordBytes(record)));
        }
        shownVersions[type] = map.version();
    }
}
