package dev.proxywasm.spi;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * Queues of byte strings that VMs share, named by {@code vm_id} and name ({@code proxy_register_shared_queue} and its companions).
 *
 * <p>Ids count from 1 and are known to the whole host: who knows an id may use it, whatever its {@code vm_id}. In a name, each character
 * stands for one byte (ISO-8859-1). Arrays are handed over. Called by several threads at once.
 */
public interface SharedQueues {

    /** What became of a value that was to be appended. */
    enum Appended {
        /** It is in the queue, and the listener was told, if there is one. */
        DONE,
        /** It is not: there is no such queue. */
        UNKNOWN,
        /** It is not: the queue is full. */
        FULL
    }

    /**
     * Makes a queue, or finds it with its contents. Values that nobody was told of, or only listeners that have ended, are told now.
     *
     * @param listener from now on the one that is told, until another registers or it ends ({@link #unregister}); gets the id once a value,
     *     on any thread, and only notes that; one a VM, for all its queues
     * @return the id, or empty if there are too many queues
     */
    OptionalInt register(String vmId, String name, IntConsumer listener);

    /**
     * A listener has ended, with its VM, whatever it has registered. Whoever registered a queue before it and still listens takes its place,
     * and is told of the values that wait there and that only the one that ended was told of.
     */
    void unregister(IntConsumer listener);

    /** The id of a queue that was registered. */
    OptionalInt resolve(String vmId, String name);

    /** Appends a value to a queue. */
    Appended append(int id, byte[] value);

    /** Whether there is a queue of that id. */
    boolean exists(int id);

    /** Takes the oldest value out of a queue; empty if it holds none, or there is no such queue. */
    Optional<byte[]> take(int id);
}
