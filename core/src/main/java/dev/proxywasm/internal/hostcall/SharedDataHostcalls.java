package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;

import dev.proxywasm.abi.Status;
import dev.proxywasm.spi.SharedData;
import dev.proxywasm.spi.SharedValue;
import java.util.List;
import java.util.Optional;

/** The key-value store that VMs of one {@code vm_id} share. */
final class SharedDataHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(
            proxy("proxy_get_shared_data", SharedDataHostcalls::get)
                    .text("key")
                    .outBytes("value")
                    .out("return_cas")
                    .note("Shared by all plugins of one `vm_id`, and kept as long as the host lives.")
                    .build(),
            proxy("proxy_set_shared_data", SharedDataHostcalls::set)
                    .text("key")
                    .opaque("value")
                    .in("cas")
                    .note("Beyond the limits of the host nothing is stored: `CAS_MISMATCH` and a warning.")
                    .build());

    /** Longer keys and values are not even read; the store has limits of its own below. */
    private static final int MOST_KEY_BYTES = 32 * 1024;

    private static final int MOST_VALUE_BYTES = 64 * 1024 * 1024;

    private SharedDataHostcalls() {}

    /**
     * Reads a value and its number.
     *
     * <ul>
     *   <li>OK
     *   <li>NOT_FOUND: the key has no value
     *   <li>INTERNAL_FAILURE: the key is longer than 32 KiB
     * </ul>
     */
    private static Status get(GuestCall call) {
        Optional<SharedValue> found = call.scope().shared().data().find(vmId(call), key(call));
        if (found.isEmpty()) {
            return Status.NOT_FOUND;
        }
        call.returnBytes(found.get().bytes());
        call.returnU32(2, found.get().cas());
        return Status.OK;
    }

    /**
     * Stores a value, unconditionally if the key has none or {@code cas} is 0.
     *
     * <ul>
     *   <li>OK
     *   <li>CAS_MISMATCH: the key has a value with another number, or the store is full
     *   <li>INTERNAL_FAILURE: the key is longer than 32 KiB
     * </ul>
     *
     * <p>Differs: Envoy has no limits. That a full store is a mismatch is the only refusal that guests in Rust survive.
     */
    private static Status set(GuestCall call) {
        String key = key(call);
        SharedData.Stored stored = call.u32(3) > MOST_VALUE_BYTES ? tooLong(call) : store(call, key);
        return switch (stored) {
            case DONE -> Status.OK;
            case CAS_MISMATCH -> Status.CAS_MISMATCH;
            case FULL -> full(call);
        };
    }

    private static SharedData.Stored store(GuestCall call, String key) {
        byte[] value = call.bytes(2, "of shared values", MOST_VALUE_BYTES);
        return call.scope().shared().data().store(vmId(call), key, value, call.i32(4));
    }

    private static SharedData.Stored tooLong(GuestCall call) {
        call.checkRange(call.i32(2), call.i32(3));
        return SharedData.Stored.FULL;
    }

    private static Status full(GuestCall call) {
        call.warn("was refused: the shared data of vm_id '" + vmId(call) + "' are full; the value is not stored");
        return Status.CAS_MISMATCH;
    }

    private static String key(GuestCall call) {
        return call.latin1(0, "of shared keys", MOST_KEY_BYTES);
    }

    private static String vmId(GuestCall call) {
        return call.scope().plugin().vm().id();
    }
}
