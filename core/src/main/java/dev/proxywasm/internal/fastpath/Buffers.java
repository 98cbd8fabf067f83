package dev.proxywasm.internal.fastpath;

import dev.proxywasm.abi.BufferType;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.context.GuestBuffer;
import dev.proxywasm.internal.engine.HostcallFrame;
import org.jspecify.annotations.Nullable;

/** Buffers of a moderate size: laid out at every entry, and again when a hostcall may have changed them. Confined to the VM. */
final class Buffers implements Supply {

    private static final BufferType[] TYPES = BufferType.values();
    private static final int MAX_BUFFER = 16 * 1024;

    private final FastPathRegion region;

    /** For each kind of callback a bit for each type. */
    private final int[] wanted;

    private boolean changed;

    Buffers(FastPathRegion region, int kinds) {
        this.region = region;
        this.wanted = new int[kinds];
    }

    /** The first argument names the buffer. */
    @Override
    public void asked(int kind, HostcallFrame frame) {
        int type = frame.i32(0);
        if (type >= 0 && type < FastPathLayout.BUFFER_COUNT) {
            wanted[kind] |= 1 << type;
        }
        changed = true;
    }

    /** What is laid out may be out of date. */
    void change() {
        changed = true;
    }

    void show(Context entered, int kind) {
        if (changed) {
            changed = false;
            for (int type = 0; type < FastPathLayout.BUFFER_COUNT; type++) {
                if ((wanted[kind] & 1 << type) != 0) {
                    show(type, entered.buffer(TYPES[type]));
                } else if (region.isBufferHere(type)) {
                    region.setBuffer(type, 0, 0);
                }
            }
        }
    }

    private void show(int type, @Nullable GuestBuffer buffer) {
        int room = Math.min(MAX_BUFFER, region.heapFree() - Long.BYTES);
        if (buffer == null || buffer.size() > room) {
            region.setBuffer(type, 0, 0);
        } else {
            region.setBuffer(type, region.keepPadded(buffer.copy(0, buffer.size())), buffer.size());
        }
    }
}
