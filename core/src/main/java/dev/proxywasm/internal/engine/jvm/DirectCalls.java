package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.shared.CallList;
import org.jspecify.annotations.Nullable;

/** A sequence of calls that are made one after the other. */
final class DirectCalls extends CallList {

    private int completed;
    private boolean running;

    /** A sequence for an instance whose entry points take that many parameters; -1 for one it lacks. */
    DirectCalls(int[] arities) {
        super(arities);
    }

    @Override
    protected boolean isRunning() {
        return running;
    }

    @Override
    protected void forgetResults() {
        completed = 0;
    }

    @Override
    public int completed() {
        return completed;
    }

    /** Makes the calls. */
    void run(@Nullable GuestFunction[] entryPoints) {
        running = true;
        completed = 0;
        try {
            while (completed < size()) {
                int at = completed * WORDS;
                GuestFunction function = entryPoints[words[at]];
                if (function == null) {
                    throw new IllegalStateException("a call was added to an entry point that the guest lacks");
                }
                results[completed] = function.call(words, at + 1);
                completed++;
            }
        } finally {
            running = false;
        }
    }
}
