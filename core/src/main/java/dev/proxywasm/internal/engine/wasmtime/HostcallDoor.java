package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.HostcallHandler;
import dev.proxywasm.internal.engine.WasmTrap;
import io.github.kawamuray.wasmtime.Caller;
import io.github.kawamuray.wasmtime.Func;
import io.github.kawamuray.wasmtime.Val;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one function through which a guest comes out into Java.
 *
 * <p>The binding loses what a host function throws, so a failure is parked here, the guest is stopped by a signal without content, and
 * whoever entered the guest takes the failure from here. The first failure of an entry stays: a handler that swallows what
 * {@code allocate} threw does not bring the guest back.
 */
final class HostcallDoor implements Func.Handler<Void> {

    /** How many hostcalls may be under way inside each other; a guest's allocator rarely makes one. */
    static final int MAX_DEPTH = 16;

    private final HostcallHandler handler;
    private final int[] importArities;
    private final int maxCrossings;
    private final @Nullable MailboxFrame[] frames = new MailboxFrame[MAX_DEPTH];
    private final GuestStop stop = new GuestStop();
    private @Nullable Mailbox mailbox;
    private @Nullable Throwable parked;
    private int depth;
    private int crossings;

    /** A door that lets at most {@code maxCrossings} hostcalls of an entry through. */
    HostcallDoor(HostcallHandler handler, int[] importArities, int maxCrossings) {
        this.handler = handler;
        this.importArities = importArities;
        this.maxCrossings = maxCrossings;
        frames[0] = new MailboxFrame();
    }

    /** Hands over the mailbox, which exists only after the door. */
    void open(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** Ends an entry: forgets its failure and how often it crossed. */
    void reset() {
        crossings = 0;
        depth = 0;
        parked = null;
    }

    /** Whether a hostcall is under way. */
    boolean isCrossing() {
        return depth > 0;
    }

    /** Stops the guest with this failure, unless another one already does. */
    void park(Throwable failure) {
        if (parked == null) {
            parked = failure;
        }
    }

    /** What stopped the guest, or null. */
    @Nullable
    Throwable parked() {
        return parked;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // errors too: none may reach native code unparked
    public void call(Caller<Void> caller, Val[] params, Val[] results) {
        try {
            cross();
        } catch (Throwable failure) {
            park(failure);
            throw stop;
        }
        if (parked != null) {
            throw stop;
        }
    }

    private void cross() {
        if (crossings == maxCrossings) {
            throw new WasmTrap(WasmTrap.Cause.TOO_MANY_HOSTCALLS, "the limit is " + maxCrossings);
        }
        crossings++;
        if (depth == MAX_DEPTH) {
            throw new WasmTrap(
                    WasmTrap.Cause.TOO_MANY_HOSTCALLS, "more than %d inside each other".formatted(MAX_DEPTH));
        }
        Mailbox box = Objects.requireNonNull(mailbox);
        MailboxFrame frame = frame();
        int opcode = box.opcode();
        depth++;
        try {
            frame.load(box, importArities[opcode]);
            handler.hostcall(opcode, frame);
        } finally {
            depth--;
        }
        box.setResult(frame.result());
    }

    private MailboxFrame frame() {
        MailboxFrame frame = frames[depth];
        if (frame == null) {
            frame = new MailboxFrame();
            frames[depth] = frame;
        }
        return frame;
    }

    /** Tells native code to stop the guest; carries nothing, since nobody ever sees it. */
    private static final class GuestStop extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private GuestStop() {
            super("the guest is being stopped", null, false, false);
        }
    }
}
