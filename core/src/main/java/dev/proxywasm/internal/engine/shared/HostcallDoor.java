package dev.proxywasm.internal.engine.shared;

import dev.proxywasm.internal.engine.HostcallHandler;
import dev.proxywasm.internal.engine.WasmTrap;
import org.jspecify.annotations.Nullable;

/**
 * Lets the hostcalls of one instance out to their handler.
 *
 * <p>What a handler throws is parked here, since an engine may lose it on its way through guest code, and whoever entered the guest takes
 * it from here. The first failure of an entry stays: a handler that swallows what {@code allocate} threw does not bring the guest back.
 */
public final class HostcallDoor {

    /** How many hostcalls may be under way inside each other; a guest's allocator rarely makes one. */
    static final int MAX_DEPTH = 16;

    private final HostcallHandler handler;
    private final int maxCrossings;
    private final @Nullable ArgumentFrame[] frames = new ArgumentFrame[MAX_DEPTH];
    private @Nullable Throwable parked;
    private int depth;
    private int crossings;
    private boolean plain;

    /** A door that lets at most {@code maxCrossings} hostcalls of an entry through. */
    public HostcallDoor(HostcallHandler handler, int maxCrossings) {
        this.handler = handler;
        this.maxCrossings = maxCrossings;
        frames[0] = new ArgumentFrame();
    }

    /** Ends an entry: forgets its failure and how often it crossed. */
    public void reset() {
        crossings = 0;
        depth = 0;
        plain = false;
        parked = null;
    }

    /** Whether a hostcall is under way. */
    public boolean isCrossing() {
        return depth > 0 || plain;
    }

    /** Whether a function is being answered in a plain case, as a part of what the guest does; not what the guest calls meanwhile. */
    public boolean isPlain() {
        return plain && depth == 0;
    }

    /** Begins or ends that. */
    public void setPlain(boolean value) {
        plain = value;
    }

    /** Stops the guest with this failure, unless another one already does. */
    public void park(Throwable failure) {
        if (parked == null) {
            parked = failure;
        }
    }

    /** What stopped the guest, or null. */
    @Nullable
    public Throwable parked() {
        return parked;
    }

    /**
     * The frame for the next hostcall, to be filled and handed to {@link #pass}.
     *
     * @throws WasmTrap if it is one too many
     */
    public ArgumentFrame next() {
        if (crossings == maxCrossings) {
            throw new WasmTrap(WasmTrap.Cause.TOO_MANY_HOSTCALLS, "the limit is " + maxCrossings);
        }
        crossings++;
        if (depth == MAX_DEPTH) {
            throw new WasmTrap(
                    WasmTrap.Cause.TOO_MANY_HOSTCALLS, "more than %d inside each other".formatted(MAX_DEPTH));
        }
        ArgumentFrame frame = frames[depth];
        if (frame == null) {
            frame = new ArgumentFrame();
            frames[depth] = frame;
        }
        return frame;
    }

    /** Has a hostcall answered; throws what its handler throws. */
    public void pass(int importIndex, ArgumentFrame frame) {
        depth++;
        try {
            handler.hostcall(importIndex, frame);
        } finally {
            depth--;
        }
    }
}
