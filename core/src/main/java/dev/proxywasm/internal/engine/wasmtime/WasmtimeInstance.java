package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.GuestCalls;
import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.engine.WasmTrap;
import io.github.kawamuray.wasmtime.Func;
import io.github.kawamuray.wasmtime.Val;
import java.nio.ByteBuffer;

/** An instance behind its gate: every native call of it is made in here or in {@link LinearMemory}. */
final class WasmtimeInstance implements WasmInstance {

    private static final Val[] NO_ARGUMENTS = {};

    private final BridgePlan plan;
    private final int[] arities;
    private final LinkedGuest guest;
    private final HostcallDoor door;
    private final EpochTicker ticker;
    private final EntryGate gate;
    private final LinearMemory memory;
    private final ByteBuffer region;
    private long deadlineSetAt = -1;
    private long deadlineTicks;
    private boolean trapped;

    /** Takes over the guest; {@code onRelease} runs once it is gone. */
    WasmtimeInstance(BridgePlan plan, LinkedGuest guest, HostcallDoor door, EpochTicker ticker, Runnable onRelease) {
        this.plan = plan;
        this.arities = plan.arities();
        this.guest = guest;
        this.door = door;
        this.ticker = ticker;
        this.gate = new EntryGate(() -> release(guest, onRelease));
        this.memory = new LinearMemory(gate, guest.store(), guest.memory());
        this.region = guest.mailbox().region(plan.sandbox().regionBytes());
    }

    private static void release(LinkedGuest guest, Runnable onRelease) {
        try {
            guest.handles().close();
        } finally {
            onRelease.run();
        }
    }

    /** Runs the guest's start function, if it has one. */
    void start(long timeoutNanos) {
        if (plan.startNumber() >= 0) {
            GuestCalls calls = newCalls();
            calls.add(plan.startNumber(), 0, 0, 0, 0, 0);
            run(calls, timeoutNanos);
        }
    }

    @Override
    public boolean hasEntryPoint(int entryPoint) {
        return arities[entryPoint] >= 0;
    }

    @Override
    public int entryPointArity(int entryPoint) {
        return arities[entryPoint];
    }

    @Override
    public GuestCalls newCalls() {
        return new BatchCalls(arities);
    }

    @Override
    public GuestMemory memory() {
        return memory;
    }

    @Override
    public ByteBuffer sandboxRegion() {
        boolean entered = gate.enterUnlessInside();
        if (entered) {
            gate.exit();
        }
        return region;
    }

    @Override
    public int sandboxRegionBase() {
        return Mailbox.REGION;
    }

    @Override
    public void run(GuestCalls calls, long timeoutNanos) {
        BatchCalls batch = (BatchCalls) calls;
        gate.enter();
        try {
            if (trapped) {
                throw new IllegalStateException("the guest trapped before: close the instance");
            }
            setDeadline(timeoutNanos);
            batch.begin(guest.mailbox());
            try {
                enterGuest(guest.run());
            } finally {
                batch.end(guest.mailbox());
                door.reset();
            }
        } finally {
            gate.exit();
        }
    }

    @Override
    public int allocate(int size) {
        if (!gate.isInside() || !door.isCrossing()) {
            throw new IllegalStateException("the guest's allocator can be called during a hostcall only");
        }
        guest.mailbox().setAllocSize(size);
        enterGuest(guest.alloc());
        return guest.mailbox().allocPointer();
    }

    private void setDeadline(long timeoutNanos) {
        long now = ticker.ticks();
        long ticks = ticker.ticksFor(timeoutNanos);
        if (now != deadlineSetAt || ticks != deadlineTicks) {
            guest.store().setEpochDeadline(ticks);
            deadlineSetAt = now;
            deadlineTicks = ticks;
        }
    }

    private void enterGuest(Func entry) {
        try {
            entry.call(guest.store(), NO_ARGUMENTS);
        } catch (RuntimeException | Error failure) {
            Throwable cause = door.parked();
            if (cause == null) {
                cause = failure instanceof RuntimeException exception ? Traps.of(exception) : failure;
                door.park(cause); // for the entry around this one, if this is an allocation
                trapped = true;
            }
            trapped |= cause instanceof WasmTrap;
            WasmtimeInstance.<RuntimeException>throwAsIs(cause);
        }
    }

    /** Throws what a hostcall threw, whatever it is, without wrapping it. */
    @SuppressWarnings("unchecked") // unchecked on purpose: the compiler takes a Throwable for a T
    private static <T extends Throwable> void throwAsIs(Throwable failure) throws T {
        throw (T) failure;
    }

    @Override
    public void close() {
        gate.close();
    }
}
