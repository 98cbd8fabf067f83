package dev.proxywasm.internal.engine.jvm;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the Java heap all guests together may take, whichever hosts they are of. The half that is left is the application's: a collector
 * needs room beside what lives, and so does whatever filters are there for.
 *
 * <p>Safe for use by several threads.
 */
final class HeapBudget {

    /** Half of what this JVM may use. Whoever loads a copy of this class, as each web application does that brings the library, has one of its own. */
    static final HeapBudget OF_THIS_JVM = new HeapBudget(Runtime.getRuntime().maxMemory() / 2);

    /** What garbage-collected guests come to in the long run. To copy it takes some milliseconds. */
    private static final long LARGEST_PIECE = 32 << 20;

    private static final int PIECES = 16;

    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    HeapBudget(long bytes) {
        this.bytes = bytes;
    }

    /** The whole. */
    long bytes() {
        return bytes;
    }

    /** How many bytes of one memory may lie in one array: pieces that are small beside the heap find a place in it however it is divided. */
    long piece() {
        return Math.min(bytes / PIECES, LARGEST_PIECE);
    }

    /** How much of it guests have. */
    long taken() {
        return taken.get();
    }

    /** Takes a part, all of it or nothing; {@link #giveBack} must follow if the answer is true. */
    boolean take(long wanted) {
        while (true) {
            long before = taken.get();
            if (wanted > bytes - before) {
                return false;
            }
            if (taken.compareAndSet(before, before + wanted)) {
                return true;
            }
        }
    }

    /** Gives back what was taken. */
    void giveBack(long given) {
        taken.addAndGet(-given);
    }
}
