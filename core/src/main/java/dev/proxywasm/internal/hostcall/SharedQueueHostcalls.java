package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.unimplemented;

import java.util.List;

/** Queues that VMs share (abi.md 2.10); not there yet. */
final class SharedQueueHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(
            unimplemented("proxy_register_shared_queue")
                    .text("queue_name")
                    .out("return_queue_id")
                    .build(),
            unimplemented("proxy_resolve_shared_queue")
                    .text("vm_id")
                    .text("queue_name")
                    .out("return_queue_id")
                    .build(),
            unimplemented("proxy_enqueue_shared_queue")
                    .in("queue_id")
                    .opaque("value")
                    .build(),
            unimplemented("proxy_dequeue_shared_queue")
                    .in("queue_id")
                    .outBytes("value")
                    .build());

    private SharedQueueHostcalls() {}
}
