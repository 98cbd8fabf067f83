package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;

import dev.proxywasm.abi.Status;
import dev.proxywasm.spi.SharedQueues;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Queues of byte strings that VMs share. */
final class SharedQueueHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(
            proxy("proxy_register_shared_queue", SharedQueueHostcalls::register)
                    .text("queue_name")
                    .out("return_queue_id")
                    .note(
                            "Of the VMs that live, the one that registered last gets `proxy_on_queue_ready`, once a message.")
                    .build(),
            proxy("proxy_resolve_shared_queue", SharedQueueHostcalls::resolve)
                    .text("vm_id")
                    .text("queue_name")
                    .out("return_queue_id")
                    .note("An empty `vm_id` is the caller's own.")
                    .build(),
            proxy("proxy_enqueue_shared_queue", SharedQueueHostcalls::enqueue)
                    .in("queue_id")
                    .opaque("value")
                    .note("A full queue answers `NOT_FOUND` with a warning.")
                    .build(),
            proxy("proxy_dequeue_shared_queue", SharedQueueHostcalls::dequeue)
                    .in("queue_id")
                    .outBytes("value")
                    .build());

    private static final String NAMES = "of queue names";
    private static final int MOST_NAME_BYTES = 4096;
    private static final int MOST_VALUE_BYTES = 64 * 1024 * 1024;

    private SharedQueueHostcalls() {}

    /**
     * Makes or finds a queue and listens to it.
     *
     * <ul>
     *   <li>OK
     *   <li>INTERNAL_FAILURE: there are as many queues as the host allows
     * </ul>
     */
    private static Status register(GuestCall call) {
        String name = call.latin1(0, NAMES, MOST_NAME_BYTES);
        HostcallScope scope = call.scope();
        OptionalInt id = scope.shared()
                .queues()
                .register(ownVmId(call), name, scope.notices().queueListener());
        if (id.isEmpty()) {
            call.warn("was refused: the host has no room for another queue");
            return Status.INTERNAL_FAILURE;
        }
        call.returnU32(0, id.getAsInt());
        return Status.OK;
    }

    /**
     * Finds a queue.
     *
     * <ul>
     *   <li>OK
     *   <li>NOT_FOUND: nobody has registered it
     * </ul>
     */
    private static Status resolve(GuestCall call) {
        String vmId = call.utf8(0, "of vm_id", MOST_NAME_BYTES);
        String name = call.latin1(2, NAMES, MOST_NAME_BYTES);
        OptionalInt id = call.scope().shared().queues().resolve(vmId.isEmpty() ? ownVmId(call) : vmId, name);
        if (id.isEmpty()) {
            return Status.NOT_FOUND;
        }
        call.returnU32(0, id.getAsInt());
        return Status.OK;
    }

    /**
     * Appends a message.
     *
     * <ul>
     *   <li>OK
     *   <li>NOT_FOUND: there is no such queue, or it is full
     * </ul>
     *
     * <p>Differs: Envoy's queues grow without limit. NOT_FOUND is the only refusal that guests in Rust survive.
     */
    private static Status enqueue(GuestCall call) {
        SharedQueues.Appended appended = call.u32(2) > MOST_VALUE_BYTES ? tooLong(call) : append(call);
        return switch (appended) {
            case DONE -> Status.OK;
            case UNKNOWN -> Status.NOT_FOUND;
            case FULL -> full(call);
        };
    }

    private static SharedQueues.Appended append(GuestCall call) {
        return call.scope()
                .shared()
                .queues()
                .append(call.i32(0), call.bytes(1, "of queued messages", MOST_VALUE_BYTES));
    }

    private static SharedQueues.Appended tooLong(GuestCall call) {
        call.checkRange(call.i32(1), call.i32(2));
        return SharedQueues.Appended.FULL;
    }

    private static Status full(GuestCall call) {
        call.warn("was refused: queue " + Integer.toUnsignedString(call.i32(0)) + " is full; the message is dropped");
        return Status.NOT_FOUND;
    }

    /**
     * Takes the oldest message.
     *
     * <ul>
     *   <li>OK
     *   <li>NOT_FOUND: there is no such queue
     *   <li>EMPTY: it holds nothing
     * </ul>
     */
    private static Status dequeue(GuestCall call) {
        SharedQueues queues = call.scope().shared().queues();
        int id = call.i32(0);
        if (!queues.exists(id)) {
            return Status.NOT_FOUND;
        }
        Optional<byte[]> value = queues.take(id);
        if (value.isEmpty()) {
            return Status.EMPTY;
        }
        call.returnBytes(value.get());
        return Status.OK;
    }

    private static String ownVmId(GuestCall call) {
        return call.scope().plugin().vm().id();
    }
}
