package dev.proxywasm.internal.engine.wasmtime;

import java.util.concurrent.atomic.AtomicInteger;

/** A number of places that can be taken and given back. */
final class Quota {

    private final AtomicInteger taken = new AtomicInteger();

    /** Takes a place if fewer than {@code limit} are taken. */
    boolean take(int limit) {
        return taken.getAndUpdate(n -> n < limit ? n + 1 : n) < limit;
    }

    /** Gives a place back. */
    void giveBack() {
        taken.decrementAndGet();
    }

    /** How many are taken. */
    int taken() {
        return taken.get();
    }
}
