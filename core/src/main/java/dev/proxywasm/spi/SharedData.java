package dev.proxywasm.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * The key-value store that VMs of one {@code vm_id} share ({@code proxy_get_shared_data}, {@code proxy_set_shared_data}).
 *
 * <p>Every {@code vm_id}, the empty one too, is a name space of its own. Keys and values are bytes; in a key, each character stands for one
 * byte (ISO-8859-1). Arrays are handed over: nobody changes them afterwards.
 *
 * <p>Called by several threads at once.
 */
public interface SharedData {

    /** What became of a value that was to be stored. */
    enum Stored {
        /** It is stored, under a new number. */
        DONE,
        /** It is not: the key has another number by now. */
        CAS_MISMATCH,
        /** It is not: the name space is full. */
        FULL
    }

    /** The value of a key, or empty if it has none. */
    Optional<SharedValue> find(String vmId, String key);

    /**
     * Stores a value: if the key has none, or {@code cas} is 0, or it is the number of the present value. A value that is stored gets a
     * number that the key has not had before, and no end of its life.
     */
    Stored store(String vmId, String key, byte[] value, int cas);

    /** Removes a key; tells whether it had a value. */
    boolean delete(String vmId, String key);

    /** Lets the present value of a key end after some time; tells whether there is one. */
    boolean expire(String vmId, String key, Duration timeToLive);
}
