package dev.proxywasm.internal.engine.wasmtime;

import io.github.kawamuray.wasmtime.Disposable;
import java.util.ArrayDeque;
import java.util.Deque;

/** Owns native objects, and disposes each of them exactly once, the newest first. Not thread-safe. */
final class NativeHandles implements AutoCloseable {

    private final Deque<Disposable> owned = new ArrayDeque<>();

    /** Takes ownership. */
    <T extends Disposable> T own(T handle) {
        owned.push(handle);
        return handle;
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.pop().dispose();
        }
    }
}
