package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.GuestCalls;
import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.engine.WasmTrap;
import dev.proxywasm.internal.engine.shared.EntryGate;
import dev.proxywasm.internal.engine.shared.EntryPoint;
import dev.proxywasm.internal.engine.shared.EntryPoints;
import dev.proxywasm.internal.engine.shared.GuardedInstance;
import dev.proxywasm.internal.engine.shared.HostcallDoor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;

/** An instance as a Java object. */
final class JvmInstance extends GuardedInstance {

    private static final ByteBuffer NO_REGION = ByteBuffer.allocate(0);

    private final @Nullable GuestFunction[] entryPoints;
    private @Nullable GuestFunction allocator;
    private final EntryTime time;
    private final HeapMemory memory;

    /** Over a guest; {@code gate} is of this instance alone. */
    JvmInstance(
            Instance guest,
            EntryPoints entryPoints,
            Memory memory,
            HostcallDoor door,
            EntryTime time,
            HeapAccount heap,
            EntryGate gate) {
        super(entryPoints, door, gate);
        this.entryPoints = new GuestFunction[entryPoints.numbers()];
        for (EntryPoint entry : entryPoints.present()) {
            this.entryPoints[entry.number()] = new GuestFunction(guest.export(entry.export()), entry);
        }
        String export = entryPoints.allocator();
        this.allocator =
                export == null ? null : new GuestFunction(guest.export(export), new EntryPoint(0, export, 1, true));
        this.time = time;
        this.memory = new HeapMemory(gate, memory);
        heap.onClose(this::forgetGuest);
    }

    /** Streams may hold on to their VM, and with it to this instance, long after it is over. They are not to hold on to what the guest was. */
    private void forgetGuest() {
        Arrays.fill(entryPoints, null);
        allocator = null;
    }

    @Override
    public GuestCalls newCalls() {
        return new DirectCalls(arities());
    }

    @Override
    public GuestMemory memory() {
        return memory;
    }

    @Override
    protected ByteBuffer region() {
        return NO_REGION;
    }

    @Override
    public int sandboxRegionBase() {
        return 0;
    }

    @Override
    protected void enter(GuestCalls calls, long timeoutNanos) {
        time.enter(timeoutNanos);
        try {
            ((DirectCalls) calls).run(entryPoints);
        } catch (RuntimeException | Error failure) {
            throwWhatStoppedBy(failure);
        } finally {
            time.leave();
        }
    }

    @Override
    protected int enterAllocator(int size) {
        if (allocator == null) {
            return 0;
        }
        if (isPlain()) {
            return allocator.call(size); // from the guest, so to speak: it is stopped as the guest is
        }
        int pointer = 0;
        try {
            time.leaveHostcall();
            pointer = allocator.call(size);
        } catch (RuntimeException | Error failure) {
            throwWhatStoppedBy(failure);
        } finally {
            time.returnToHostcall();
        }
        return pointer;
    }

    @Override
    protected WasmTrap trapOf(Throwable failure) {
        if (failure instanceof WasmTrap trap) {
            return trap; // the time was up before the allocator began
        }
        return time.isUp() ? new WasmTrap(WasmTrap.Cause.TIMEOUT, "") : JvmTraps.of(failure);
    }
}
