package dev.proxywasm.internal.fastpath;

import dev.proxywasm.internal.engine.HostcallFrame;
import dev.proxywasm.internal.wasm.Import;

/** What a hostcall asks for that could have been laid out before; each thing is a bit in a set. */
enum Question {
    /** A header map, named by the first argument. */
    MAP,
    /** A buffer, named by the first argument. */
    BUFFER,
    /** A change of a buffer, which is no reason to lay it out. */
    BUFFER_CHANGE,
    /** The time. */
    CLOCK,
    /** Nothing of the kind. */
    OTHER;

    /** The bit of the time. */
    static final int TIME = 1 << 31;

    /** What an import asks for. */
    static Question of(Import imported) {
        String name = imported.name();
        if (name.startsWith("proxy_") && name.contains("_header_map_")) {
            return MAP;
        }
        if (name.equals("proxy_get_buffer_bytes") || name.equals("proxy_get_buffer_status")) {
            return BUFFER;
        }
        if (name.equals("proxy_set_buffer_bytes")) {
            return BUFFER_CHANGE;
        }
        return name.equals("proxy_get_current_time_nanoseconds") ? CLOCK : OTHER;
    }

    /** The bit of a map, or 0 if that type is never laid out. */
    static int map(int type) {
        return type >= 0 && type < FastPathRegion.MAP_COUNT ? 1 << type : 0;
    }

    /** The bit of a buffer, or 0 if that type is never laid out. */
    static int buffer(int type) {
        return type >= 0 && type < FastPathRegion.BUFFER_COUNT ? 1 << (FastPathRegion.MAP_COUNT + type) : 0;
    }

    /** Whether the call may lead to buffers that are laid out otherwise. */
    boolean isOfBuffers() {
        return this == BUFFER || this == BUFFER_CHANGE;
    }

    /** The bit of what a call asks for. */
    int bit(HostcallFrame frame) {
        return switch (this) {
            case MAP -> map(frame.i32(0));
            case BUFFER -> buffer(frame.i32(0));
            case CLOCK -> TIME;
            case BUFFER_CHANGE, OTHER -> 0;
        };
    }
}
