package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.shared.CallList;
import org.jspecify.annotations.Nullable;

/** A sequence of calls that is copied to the mailbox and back by {@link #begin} and {@link #end}. */
final class BatchCalls extends CallList {

    private int completed;
    private @Nullable Mailbox running;

    /** A sequence for an instance whose entry points take that many parameters; -1 for one it lacks. */
    BatchCalls(int[] arities) {
        super(arities);
    }

    @Override
    protected boolean isRunning() {
        return running != null;
    }

    @Override
    protected void forgetResults() {
        completed = 0;
    }

    @Override
    public int completed() {
        return running == null ? completed : running.callsDone();
    }

    @Override
    protected int resultOf(int index) {
        return running == null ? super.resultOf(index) : running.callResult(index);
    }

    /** Puts the calls into the mailbox. */
    void begin(Mailbox mailbox) {
        mailbox.setCallCount(size());
        for (int call = 0; call < size(); call++) {
            mailbox.setCall(call, words, call * WORDS);
        }
        running = mailbox;
    }

    /** Takes the results from the mailbox. */
    void end(Mailbox mailbox) {
        running = null;
        completed = mailbox.callsDone();
        for (int call = 0; call < completed; call++) {
            results[call] = mailbox.callResult(call);
        }
    }
}
