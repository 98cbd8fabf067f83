package dev.proxywasm.internal.vm;

import dev.proxywasm.internal.callback.Callback;
import dev.proxywasm.internal.callback.GuestExports;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.context.ContextRegistry;
import dev.proxywasm.internal.engine.GuestCalls;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.fastpath.FastPath;
import dev.proxywasm.internal.hostcall.LinkedHostcalls;

/**
 * The frame around every callback: sets the current context, runs the guest within its time, restores.
 *
 * <p>Callbacks that belong together are added one by one and run as one entry into the guest. A callback that the guest does not export
 * costs nothing and has its documented answer. Confined to the VM.
 */
final class GuestInvoker {

    private final WasmInstance instance;
    private final GuestExports exports;
    private final ContextRegistry contexts;
    private final VmScope scope;
    private final EntryTimer timer;
    private final GuestCalls calls;
    private final Callback[] callbacks = new Callback[GuestCalls.CAPACITY];
    private int callUnderWay;

    GuestInvoker(
            WasmInstance instance, GuestExports exports, ContextRegistry contexts, VmScope scope, EntryTimer timer) {
        this.instance = instance;
        this.exports = exports;
        this.contexts = contexts;
        this.scope = scope;
        this.timer = timer;
        this.calls = instance.newCalls();
    }

    /** Begins a sequence of callbacks. */
    void begin() {
        calls.clear();
        callUnderWay = 0;
    }

    /** Adds a callback with the arguments that it has, the rest 0; tells where its answer will be. */
    int add(Callback callback, int a0, int a1, int a2) {
        return add(callback, a0, a1, a2, 0, 0);
    }

    /** As the shorter form, for a callback of five parameters. */
    int add(Callback callback, int a0, int a1, int a2, int a3, int a4) {
        if (!exports.has(callback)) {
            return -1 - callback.absentAnswer();
        }
        callbacks[calls.size()] = callback;
        calls.add(callback.entryPoint(), a0, a1, a2, a3, a4);
        return exports.answers(callback) ? calls.size() - 1 : -1 - callback.absentAnswer();
    }

    /**
     * Runs the sequence in a context.
     *
     * @throws RuntimeException what stopped the guest
     */
    void run(Context context, long timeoutNanos) {
        if (calls.size() == 0) {
            return;
        }
        boolean guarded = context.guard();
        try {
            contexts.enter(context);
            boolean isTraced = LinkedHostcalls.isTraced();
            scope.answerPlainly(!isTraced);
            FastPath fastPath = scope.fastPath();
            fastPath.enter(context, callbacks[calls.size() - 1].entryPoint(), isTraced);
            timer.begin();
            try {
                runGuest(context, timeoutNanos);
            } finally {
                timer.end();
                fastPath.leave();
                scope.output().flush();
                contexts.leave();
            }
        } finally {
            if (guarded) {
                context.unguard();
            }
        }
    }

    private void runGuest(Context context, long timeoutNanos) {
        boolean lent = context.lend();
        try {
            instance.run(calls, timeoutNanos);
        } finally {
            if (lent) {
                context.guard();
            }
        }
    }

    /** The answer of a callback that was run, its documented default where it returns none; {@code place} is what {@link #add} told. */
    int answer(int place) {
        return place < 0 ? -1 - place : calls.result(place);
    }

    /** Called at every hostcall: a callback that follows another in one entry begins without an effective context. */
    void onHostcall() {
        int position = calls.completed();
        if (position != callUnderWay) {
            callUnderWay = position;
            contexts.enter(contexts.current());
        }
    }

    /** Whether that callback is the one under way. */
    boolean isUnderWay(Callback callback) {
        int position = calls.completed();
        return position < calls.size() && callbacks[position] == callback;
    }

    /** The name of the callback that was under way when the guest was stopped. */
    String callbackUnderWay() {
        int position = Math.min(calls.completed(), calls.size() - 1);
        return position < 0 ? "a callback" : callbacks[position].export();
    }
}
