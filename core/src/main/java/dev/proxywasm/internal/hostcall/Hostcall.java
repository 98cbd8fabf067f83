package dev.proxywasm.internal.hostcall;

import dev.proxywasm.abi.Status;

/**
 * The handler of a Proxy-Wasm function.
 *
 * <p>Reads its arguments before it has any effect, since reading can fail, and writes its results last. Guest memory faults need no care:
 * the door answers them with {@link Status#INVALID_MEMORY_ACCESS}.
 */
@FunctionalInterface
public interface Hostcall {

    /** Does the call and says how it went. */
    Status handle(GuestCall call);
}
