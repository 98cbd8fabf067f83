package dev.proxywasm.internal.vm;

import dev.proxywasm.internal.callback.Callback;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.hostcall.GuestNotices;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events from outside to a VM, in the order in which they come: each is a task of a worker that takes the VM's lock, so that
 * none enters a guest that is on the stack. What comes for a VM that is over is lost, but for messages of queues, of which others are told
 * then. Safe for use by several threads.
 */
final class Notices implements GuestNotices {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.vm");

    /** How many events of other plugins may wait: far more than a queue holds. A guest that takes longer than they come must not fill the heap. */
    private static final int MOST_WAITING = 100_000;

    private final Executor workers;
    private final Queue<Consumer<Vm>> callbacks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Whether a task is under way that looks at {@code callbacks} before it ends. */
    private final AtomicBoolean scheduled = new AtomicBoolean();

    private final IntConsumer queueListener = this::queueReady;

    /** Null when the VM is over: whoever keeps this object, a queue for one, does not keep the VM. */
    private volatile @Nullable Vm vm;

    Notices(Vm vm, Executor workers) {
        this.vm = vm;
        this.workers = workers;
    }

    @Override
    public IntConsumer queueListener() {
        return queueListener;
    }

    private void queueReady(int queueId) {
        offer(target -> {
            target.begin();
            target.add(Callback.QUEUE_READY, target.root().id(), queueId, 0);
            target.run(target.root());
        });
    }

    @Override
    public void foreignFunction(int contextId, int functionId, byte[] arguments) {
        offer(target -> {
            Context context = target.context(contextId);
            if (context != null) {
                callBack(target, context, functionId, arguments);
            }
        });
    }

    private static void callBack(Vm target, Context context, int functionId, byte[] arguments) {
        target.root().callData(arguments);
        try {
            target.begin();
            target.add(Callback.FOREIGN_FUNCTION, context.id(), functionId, arguments.length);
            target.run(context);
        } finally {
            target.root().callData(null);
        }
    }

    /** No further callback is wanted. */
    void stop() {
        vm = null;
        callbacks.clear();
    }

    private void offer(Consumer<Vm> callback) {
        if (vm != null && waiting.get() >= MOST_WAITING) {
            LOG.warn("{} has {} notices waiting; a further one is dropped", vm, MOST_WAITING);
        } else {
            post(callback);
        }
    }

    /** Brings an event whose number the guest itself limits, such as the answer to a callout: it is never dropped. */
    void post(Consumer<Vm> callback) {
        if (vm == null) {
            return;
        }
        waiting.incrementAndGet();
        callbacks.add(callback);
        if (scheduled.compareAndSet(false, true)) {
            schedule();
        }
    }

    private void schedule() {
        try {
            workers.execute(this::deliverNext);
        } catch (RejectedExecutionException shutDown) {
            LOG.debug("notices for {} are dropped: the host is closing", vm, shutDown);
        } catch (OutOfMemoryError noThread) {
            scheduled.set(false); // the next one tries again
            LOG.error("notices for {} have to wait", vm, noThread);
        }
    }

    /** One at a time, so that a VM with many leaves room for the tasks of others. */
    private void deliverNext() {
        Consumer<Vm> next = callbacks.poll();
        try {
            if (next != null) {
                waiting.decrementAndGet();
                deliver(next);
            }
        } finally {
            scheduled.set(false);
            if (!callbacks.isEmpty() && scheduled.compareAndSet(false, true)) {
                schedule();
            }
        }
    }

    private void deliver(Consumer<Vm> callback) {
        Vm target = vm;
        if (target == null) {
            return;
        }
        target.lock();
        try {
            if (target.isLive()) {
                callback.accept(target);
            }
        } catch (GuestFailure trapped) {
            LOG.debug("{} ended in a notice", target, trapped);
        } catch (RuntimeException fault) {
            // Of the host or of a client that the embedder brought: it costs this notice, and no other.
            LOG.error("{}: a notice could not be brought", target, fault);
        } finally {
            target.unlock();
        }
    }
}
