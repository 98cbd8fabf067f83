package dev.proxywasm.internal.context;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Contexts by their numbers. Every exchange comes and goes here once for each plugin, so nothing is made for it: a context stands in the slot
 * that its number says or, where another one stands, in the next free one. Numbers rise, so that few meet.
 */
final class ContextTable {

    private static final int SMALLEST = 16;

    private @Nullable Context[] slots = new Context[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    /** The context of that number, or null. */
    @Nullable
    Context find(int id) {
        return slots[slot(id)];
    }

    /** Adds a context whose number no other one has. */
    void add(Context context) {
        if (2 * (size + 1) > slots.length) {
            grow();
        }
        slots[slot(context.id())] = context;
        size++;
    }

    /** Removes the context of that number, if there is one. */
    void remove(int id) {
        int freed = slot(id);
        if (slots[freed] == null) {
            return;
        }
        slots[freed] = null;
        size--;
        // Those that gave way to others may stand closer to their own slots now, and are looked for no further than up
        // to a free one.
        int at = next(freed);
        for (Context moved = slots[at]; moved != null; moved = slots[at]) {
            slots[at] = null;
            slots[slot(moved.id())] = moved;
            at = next(at);
        }
    }

    void clear() {
        slots = new Context[SMALLEST];
        size = 0;
    }

    /** All of them, in no order. */
    List<Context> all() {
        List<Context> all = new ArrayList<>(size);
        for (Context context : slots) {
            if (context != null) {
                all.add(context);
            }
        }
        return all;
    }

    private void grow() {
        List<Context> present = all();
        slots = new Context[2 * slots.length];
        for (Context context : present) {
            slots[slot(context.id())] = context;
        }
    }

    /** Where the context of that number stands or, if there is none, would stand. */
    private int slot(int id) {
        int at = id & (slots.length - 1);
        for (Context there = slots[at]; there != null && there.id() != id; there = slots[at]) {
            at = next(at);
        }
        return at;
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }
}
