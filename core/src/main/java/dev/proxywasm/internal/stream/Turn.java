package dev.proxywasm.internal.stream;

import dev.proxywasm.internal.vm.Vm;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps threads apart that do something with one stream.
 *
 * <p>The turn belongs to whoever pushes, goes on after a wait, or closes: one thread at a time, from {@link #begin} to {@link #end}. This
 * lock guards the parts: header maps, bodies, what each plugin holds. The thread that has the turn has the lock as well, except while it
 * waits for a VM ({@link #lock(Vm)}) and while it lends it ({@link #lend}) because guests of other plugins may act on the stream from
 * outside of the turn: they take it for one hostcall ({@link #guard}). It may be taken under a VM's lock; the turn never is.
 *
 * <p>A lock itself rather than an object with one: there is one for each exchange.
 */
final class Turn extends ReentrantLock {

    private static final long serialVersionUID = 1L;

    private transient @Nullable Thread holder;
    private transient @Nullable Condition ended;

    /** Waits for the turn, and takes it. */
    void begin() {
        lock();
        if (holder != null) {
            awaitTurn();
        }
        holder = Thread.currentThread();
    }

    private void awaitTurn() {
        Condition end = ended;
        if (end == null) {
            end = newCondition();
            ended = end;
        }
        while (holder != null) {
            if (holder == Thread.currentThread()) {
                unlock();
                throw new IllegalStateException("a stream is used from within its own callbacks");
            }
            end.awaitUninterruptibly();
        }
    }

    /** Gives the turn to the next. */
    void end() {
        holder = null;
        Condition end = ended;
        if (end != null) {
            end.signal();
        }
        unlock();
    }

    /** In a turn: locks a VM. A guest that has it now may be about to act on the stream. */
    void lock(Vm vm) {
        if (!vm.tryLock()) {
            unlock();
            try {
                vm.lock();
            } finally {
                lock();
            }
        }
    }

    /** Takes the lock, unless the thread has it; tells whether it is to be given back. */
    boolean guard() {
        if (isHeldByCurrentThread()) {
            return false;
        }
        lock();
        return true;
    }

    /** Lets others have the lock until {@link #guard}; tells whether the thread had it. */
    boolean lend() {
        boolean held = isHeldByCurrentThread();
        if (held) {
            unlock();
        }
        return held;
    }
}
