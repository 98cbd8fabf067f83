package dev.proxywasm.internal.service;

import dev.proxywasm.ServiceLimits;
import dev.proxywasm.spi.SharedQueues;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Queue queue;
        synchronized (ids) {
            Name full = new Name(vmId, name);
            Integer id = ids.get(full);
            if (id == null) {
                if (ids.size() >= limits.queues()) {
                    return OptionalInt.empty();
                }
                id = ids.size() + 1;
                queues.put(id, new Queue(id));
                ids.put(full, id);
            }
            queue = known(id);
        }
        queue.add(listener);
        return OptionalInt.of(queue.id);
    }

    @Override
    public void unregister(IntConsumer listener) {
        queues.values().forEach(queue -> queue.remove(listener));
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
        return queue.append(value, limits) ? Appended.DONE : Appended.FULL;
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

    /** A value, and who was told that it is there: null while nobody is. */
    private static final class Message {

        private final byte[] value;
        private @Nullable IntConsumer told;

        Message(byte[] value, @Nullable IntConsumer told) {
            this.value = value;
            this.told = told;
        }
    }

    private static final class Queue {

        private final int id;
        private final ArrayDeque<Message> messages = new ArrayDeque<>();

        /** Those that live, in the order in which they registered: the last one is told. */
        private final List<IntConsumer> listeners = new ArrayList<>(1);

        private long bytes;

        Queue(int id) {
            this.id = id;
        }

        void add(IntConsumer listener) {
            int untold;
            synchronized (this) {
                listeners.remove(listener);
                listeners.add(listener);
                untold = pass(null, listener);
            }
            tell(listener, untold);
        }

        void remove(IntConsumer listener) {
            IntConsumer heir;
            int untold;
            synchronized (this) {
                if (!listeners.remove(listener)) {
                    return;
                }
                heir = last();
                untold = pass(listener, heir);
            }
            tell(heir, untold);
        }

        boolean append(byte[] value, ServiceLimits limits) {
            IntConsumer told;
            synchronized (this) {
                if (messages.size() >= limits.queueMessages() || bytes + value.length > limits.queueBytes()) {
                    return false;
                }
                told = last();
                messages.add(new Message(value, told));
                bytes += value.length;
            }
            tell(told, 1);
            return true;
        }

        synchronized byte @Nullable [] take() {
            Message oldest = messages.poll();
            if (oldest == null) {
                return null;
            }
            bytes -= oldest.value.length;
            return oldest.value;
        }

        private @Nullable IntConsumer last() {
            return listeners.isEmpty() ? null : listeners.get(listeners.size() - 1);
        }

        /** Lets another one know of the messages that only {@code from} was told of; gives how many those are. */
        private int pass(@Nullable IntConsumer from, @Nullable IntConsumer to) {
            int passed = 0;
            for (Message message : messages) {
                if (Objects.equals(message.told, from)) {
                    message.told = to;
                    passed++;
                }
            }
            return passed;
        }

        private void tell(@Nullable IntConsumer listener, int times) {
            for (int i = 0; listener != null && i < times; i++) {
                listener.accept(id);
            }
        }
    }
}
