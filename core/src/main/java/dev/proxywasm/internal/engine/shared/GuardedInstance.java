package dev.proxywasm.internal.engine.shared;

import dev.proxywasm.internal.engine.GuestCalls;
import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.engine.WasmTrap;
import java.nio.ByteBuffer;

/** What is the same for the instances of every engine: who may enter, and what becomes of a failure. */
public abstract class GuardedInstance implements WasmInstance {

    private final int[] arities;
    private final int startNumber;
    private final HostcallDoor door;
    private final EntryGate gate;
    private boolean trapped;

    /** An instance behind its gate, which has not run yet. */
    protected GuardedInstance(EntryPoints entryPoints, HostcallDoor door, EntryGate gate) {
        this.arities = entryPoints.arities();
        this.startNumber = entryPoints.startNumber();
        this.door = door;
        this.gate = gate;
    }

    /** Runs the calls; the gate is this thread's. Failures of the guest go through {@link #throwWhatStoppedBy}. */
    protected abstract void enter(GuestCalls calls, long timeoutNanos);

    /** Calls the guest's allocator during a hostcall, likewise. */
    protected abstract int enterAllocator(int size);

    /** The trap behind what the engine threw when guest code ended other than by returning. */
    protected abstract WasmTrap trapOf(Throwable failure);

    /** What {@link #sandboxRegion} gives while the instance is open. */
    protected abstract ByteBuffer region();

    /** Whether a hostcall is being answered in a plain case. */
    protected final boolean isPlain() {
        return door.isPlain();
    }

    /** How many parameters each entry point takes; -1 where the guest has none. */
    protected final int[] arities() {
        return arities;
    }

    /**
     * Hands the instance to its hostcalls and runs the guest's start function, if it has one; closes the instance if that fails.
     *
     * @throws WasmTrap if the start function traps
     */
    public final GuardedInstance started(InstanceSpec spec) {
        boolean started = false;
        try {
            spec.hostcalls().attach(this);
            if (startNumber >= 0) {
                GuestCalls calls = newCalls();
                calls.add(startNumber, 0, 0, 0, 0, 0);
                run(calls, spec.startTimeoutNanos());
            }
            started = true;
            return this;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    @Override
    public final boolean hasEntryPoint(int entryPoint) {
        return arities[entryPoint] >= 0;
    }

    @Override
    public final int entryPointArity(int entryPoint) {
        return arities[entryPoint];
    }

    @Override
    public final ByteBuffer sandboxRegion() {
        if (gate.enterUnlessInside()) {
            gate.exit();
        }
        return region();
    }

    @Override
    public final void run(GuestCalls calls, long timeoutNanos) {
        gate.enter();
        try {
            if (trapped) {
                throw new IllegalStateException("the guest trapped before: close the instance");
            }
            enter(calls, timeoutNanos);
        } finally {
            door.reset();
            gate.exit();
        }
    }

    @Override
    public final int allocate(int size) {
        if (!gate.isInside() || !door.isCrossing()) {
            throw new IllegalStateException("the guest's allocator can be called during a hostcall only");
        }
        return enterAllocator(size);
    }

    /** Throws what stopped the guest: what a hostcall threw, the same instance whatever it is, or else a trap. Never returns. */
    protected final void throwWhatStoppedBy(Throwable failure) {
        Throwable cause = door.parked();
        if (cause == null) {
            cause = trapOf(failure);
            door.park(cause); // for the entry around this one, if this is an allocation
        }
        trapped |= cause instanceof WasmTrap;
        GuardedInstance.<RuntimeException>throwAsIs(cause);
    }

    /** Throws any failure without wrapping it. */
    @SuppressWarnings("unchecked") // unchecked on purpose: the compiler takes a Throwable for a T
    public static <T extends Throwable> void throwAsIs(Throwable failure) throws T {
        throw (T) failure;
    }

    @Override
    public final void close() {
        gate.close();
    }
}
