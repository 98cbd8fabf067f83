package dev.proxywasm.internal.fastpath;

import dev.proxywasm.internal.codec.PropertyPath;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.engine.HostcallFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Properties: those that guests asked for before and that stay as they are while the code in the sandbox answers
 * ({@link Context#isSettled}), those that have no value among them. Confined to the VM.
 */
final class Properties implements Supply {

    private final FastPathRegion region;
    private final GuestMemory memory;
    private final List<Known> known = new ArrayList<>();

    /** For each kind of callback a bit for each property. */
    private final int[] wanted;

    private boolean storable = true;

    private record Known(ByteBuffer bytes, PropertyPath path) {}

    Properties(FastPathRegion region, GuestMemory memory, int kinds) {
        this.region = region;
        this.memory = memory;
        this.wanted = new int[kinds];
    }

    /** The first two arguments are the path. */
    @Override
    public void asked(int kind, HostcallFrame frame) {
        int size = frame.i32(1);
        if (size > 0 && size <= FastPathLayout.MAX_PATH && memory.contains(frame.i32(0), size)) {
            byte[] path = memory.read(frame.i32(0), size);
            int number = isEmpty(path) ? -1 : numberOf(path);
            if (number >= 0) {
                wanted[kind] |= 1 << number;
            }
        }
    }

    /** An empty path has rules of its own; a NUL alone is one, too. */
    private static boolean isEmpty(byte[] path) {
        return path.length == 1 && path[0] == 0;
    }

    /** The number of a path, which it gets if there is room; otherwise -1. */
    private int numberOf(byte[] path) {
        ByteBuffer bytes = ByteBuffer.wrap(path);
        for (int number = 0; number < known.size(); number++) {
            if (known.get(number).bytes().equals(bytes)) {
                return number;
            }
        }
        if (known.size() == FastPathLayout.MAX_PROPERTIES) {
            return -1;
        }
        known.add(new Known(bytes, PropertyPath.parse(path)));
        region.addProperty(path);
        return known.size() - 1;
    }

    /** From now on only Java stores: a foreign function, which may have declared properties that are stored once, was called. */
    void askedForeignFunction(int kind, HostcallFrame frame) {
        storable = false;
    }

    void show(Context entered, int kind) {
        for (int number = 0; number < known.size(); number++) {
            if ((wanted[kind] & 1 << number) == 0) {
                region.setProperty(number, 0, 0, 0);
            } else {
                show(number, known.get(number).path(), entered);
            }
        }
    }

    private void show(int number, PropertyPath path, Context entered) {
        if (!entered.isSettled(path)) {
            region.setProperty(number, 0, 0, 0);
            return;
        }
        byte[] attribute = entered.attribute(path);
        byte[] value = attribute == null ? entered.stored(path) : attribute;
        int store = attribute == null && storable && entered.hasRoomForProperties() ? FastPathLayout.STORABLE : 0;
        if (value == null) {
            region.setProperty(number, FastPathLayout.ABSENT | store, 0, 0);
        } else if (value.length > Math.min(FastPathLayout.MAX_PROPERTY, region.heapFree() - Long.BYTES)) {
            region.setProperty(number, 0, 0, 0);
        } else {
            region.setProperty(number, FastPathLayout.PRESENT | store, region.keepPadded(value), value.length);
        }
    }

    /** Does what a record says. */
    void replay(int record, Context entered) {
        entered.setProperty(known.get(region.recordWhich(record)).path(), region.recordBytes(record));
    }
}
