package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.shared.ArgumentFrame;
import dev.proxywasm.internal.engine.shared.HostcallDoor;
import io.github.kawamuray.wasmtime.Caller;
import io.github.kawamuray.wasmtime.Func;
import io.github.kawamuray.wasmtime.Val;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one function through which a guest comes out into Java.
 *
 * <p>The binding loses what a host function throws, so a failure is parked at the door, and the guest is stopped by a signal without
 * content.
 */
final class BridgeFunction implements Func.Handler<Void> {

    private final HostcallDoor door;
    private final int[] importArities;
    private final GuestStop stop = new GuestStop();
    private @Nullable Mailbox mailbox;

    /** A function that leads to that door. */
    BridgeFunction(HostcallDoor door, int[] importArities) {
        this.door = door;
        this.importArities = importArities;
    }

    /** Hands over the mailbox, which exists only after the function. */
    void open(Mailbox opened) {
        this.mailbox = opened;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // errors too: none may reach native code unparked
    public void call(Caller<Void> caller, Val[] params, Val[] results) {
        try {
            cross(Objects.requireNonNull(mailbox));
        } catch (Throwable failure) {
            door.park(failure);
            throw stop;
        }
        if (door.parked() != null) {
            throw stop;
        }
    }

    /** The frame has a copy of its own, since a nested hostcall writes over the arguments in the mailbox. */
    private void cross(Mailbox box) {
        ArgumentFrame frame = door.next();
        int opcode = box.opcode();
        int arity = importArities[opcode];
        frame.begin(arity);
        for (int i = 0; i < arity; i++) {
            frame.set(i, box.argument(i));
        }
        door.pass(opcode, frame);
        box.setResult(frame.result());
    }

    /** Tells native code to stop the guest; carries nothing, since nobody ever sees it. */
    private static final class GuestStop extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private GuestStop() {
            super("the guest is being stopped", null, false, false);
        }
    }
}
