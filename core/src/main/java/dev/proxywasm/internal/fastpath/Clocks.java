package dev.proxywasm.internal.fastpath;

import dev.proxywasm.internal.context.GuestClock;
import dev.proxywasm.internal.engine.HostcallFrame;

/** The time of entry, for the first question of an entry on each of the two clocks. Confined to the VM. */
final class Clocks {

    private static final int REALTIME = 0;
    private static final int MONOTONIC = 1;

    private final FastPathRegion region;
    private final GuestClock clock;

    /** For each kind of callback a bit for each clock. */
    private final int[] wanted;

    Clocks(FastPathRegion region, GuestClock clock, int kinds) {
        this.region = region;
        this.clock = clock;
        this.wanted = new int[kinds];
    }

    /** Proxy-Wasm's own question. Whoever gets the exact time must not get that of entry afterwards. */
    void askedForRealTime(int kind, HostcallFrame frame) {
        asked(kind, REALTIME);
    }

    /** WASI's question: the first argument names the clock. */
    void askedForClock(int kind, HostcallFrame frame) {
        int id = frame.i32(0);
        if (id == REALTIME || id == MONOTONIC) {
            asked(kind, id);
        }
    }

    private void asked(int kind, int id) {
        wanted[kind] |= 1 << id;
        region.clearTime(id);
    }

    /** The guest is about to be entered. */
    void enter(int kind) {
        if ((wanted[kind] & 1 << REALTIME) != 0) {
            region.setTime(REALTIME, clock.epochNanos());
        } else {
            region.clearTime(REALTIME);
        }
        if ((wanted[kind] & 1 << MONOTONIC) != 0) {
            region.setTime(MONOTONIC, clock.monotonicNanos());
        } else {
            region.clearTime(MONOTONIC);
        }
    }
}
