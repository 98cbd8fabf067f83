package dev.proxywasm.internal.engine.shared;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts who uses a native object, its owner included, and releases the object when the last one is done. */
public final class Users {

    private final AtomicInteger count = new AtomicInteger(1);
    private final Runnable release;

    /** Counts the owner as the first user. */
    public Users(Runnable release) {
        this.release = release;
    }

    /** Adds a user, unless the object is already gone; {@link #remove} must follow if the answer is true. */
    public boolean add() {
        return count.getAndUpdate(n -> n == 0 ? 0 : n + 1) != 0;
    }

    /** Takes a user away. */
    public void remove() {
        if (count.decrementAndGet() == 0) {
            release.run();
        }
    }
}
