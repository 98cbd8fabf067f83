package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.GuestCalls;
import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.engine.WasmTrap;
import dev.proxywasm.internal.engine.shared.EntryGate;
import dev.proxywasm.internal.engine.shared.GuardedInstance;
import dev.proxywasm.internal.engine.shared.HostcallDoor;
import dev.proxywasm.internal.engine.shared.Ticker;
import io.github.kawamuray.wasmtime.Func;
import io.github.kawamuray.wasmtime.Val;
import java.nio.ByteBuffer;

/** An instance in a store of its own: every native call of it is made in here or in {@link LinearMemory}. */
final class WasmtimeInstance extends GuardedInstance {

    private static final Val[] NO_ARGUMENTS = {};

    private final LinkedGuest guest;
    private final Ticker ticker;
    private final LinearMemory memory;
    private final ByteBuffer region;
    private long deadlineSetAt = -1;
    private long deadlineTicks;

    /** Takes over the guest; {@code onRelease} runs once it is gone. */
    WasmtimeInstance(BridgePlan plan, LinkedGuest guest, HostcallDoor door, Ticker ticker, Runnable onRelease) {
        this(plan, guest, door, ticker, new EntryGate(() -> release(guest, onRelease)));
    }

    private WasmtimeInstance(BridgePlan plan, LinkedGuest guest, HostcallDoor door, Ticker ticker, EntryGate gate) {
        super(plan.entryPoints(), door, gate);
        this.guest = guest;
        this.ticker = ticker;
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

    @Override
    public GuestCalls newCalls() {
        return new BatchCalls(arities());
    }

    @Override
    public GuestMemory memory() {
        return memory;
    }

    @Override
    protected ByteBuffer region() {
        return region;
    }

    @Override
    public int sandboxRegionBase() {
        return Mailbox.REGION;
    }

    @Override
    protected void enter(GuestCalls calls, long timeoutNanos) {
        BatchCalls batch = (BatchCalls) calls;
        setDeadline(timeoutNanos);
        batch.begin(guest.mailbox());
        try {
            call(guest.run());
        } finally {
            batch.end(guest.mailbox());
        }
    }

    @Override
    protected int enterAllocator(int size) {
        guest.mailbox().setAllocSize(size);
        call(guest.alloc());
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

    private void call(Func entry) {
        try {
            entry.call(guest.store(), NO_ARGUMENTS);
        } catch (RuntimeException | Error failure) {
            throwWhatStoppedBy(failure);
        }
    }

    @Override
    protected WasmTrap trapOf(Throwable failure) {
        return Traps.of(failure);
    }
}
