package dev.proxywasm.internal.service;

import dev.proxywasm.ServiceLimits;
import dev.proxywasm.spi.SharedQueues;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Shared queues in this process. They live as long as the host, whatever becomes of the VMs that use them.
 *
 * <p>{@code ids} guards the names; each queue is guarded by its own monitor, and no listener is told under one.
 */
public final class InMemorySharedQueues implements SharedQueues {

    private final ServiceLimits limits;
    private final Map<Name, Integer> ids = new HashMap<>();
    private final Map<Integer, Queue> queues = new ConcurrentHashMap<>();

    /** No queue yet. */
    public InMemorySharedQueues(ServiceLimits limits) {
        this.limits = limits;
    }

    @Override
    public OptionalInt register(String vmId, String name, IntConsumer listener) {
        synchronized (ids) {
            Name full = new Name(vmId, name);
            Integer id = ids.get(full);
            if (id != null) {
                known(id).listener = listener;
                return OptionalInt.of(id);
            }
            if (ids.size() >= limits.queues()) {
                return OptionalInt.empty();
            }
            int next = ids.size() + 1;
            queues.put(next, new Queue(listener));
            ids.put(full, next);
            return OptionalInt.of(next);
        }
    }

    @Override
    public OptionalInt resolve(String vmId, String name) {
        synchronized (ids) {
            Integer id = ids.get(new Name(vmId, name));
            return id == null ? OptionalInt.empty() : OptionalInt.of(id);
        }
    }

    @Override
    public Appended append(int id, byte[] value) {
        Queue queue = queues.get(id);
        if (queue == null) {
            return Appended.UNKNOWN;
        }
        if (!queue.append(value, limits)) {
            return Appended.FULL;
        }
        queue.listener.accept(id);
        return Appended.DONE;
    }

    @Override
    public boolean exists(int id) {
        return queues.containsKey(id);
    }

    @Override
    public Optional<byte[]> take(int id) {
        Queue queue = queues.get(id);
        return queue == null ? Optional.empty() : Optional.ofNullable(queue.take());
    }

    private Queue known(int id) {
        Queue queue = queues.get(id);
        if (queue == null) {
            throw new IllegalStateException("queue " + id + " has a name and does not exist");
        }
        return queue;
    }

    private record Name(String vmId, String name) {}

    private static final class Queue {

        private final ArrayDeque<byte[]> values = new ArrayDeque<>();
        private volatile IntConsumer listener;
        private long bytes;

        Queue(IntConsumer listener) {
            this.listener = listener;
        }

        synchronized boolean append(byte[] value, ServiceLimits limits) {
            if (values.size() >= limits.queueMessages() || bytes + value.length > limits.queueBytes()) {
                return false;
            }
            values.add(value);
            bytes += value.length;
            return true;
        }

        synchronized byte @Nullable [] take() {
            byte[] value = values.poll();
            if (value != null) {
                bytes -= value.length;
            }
            return value;
        }
    }
}
