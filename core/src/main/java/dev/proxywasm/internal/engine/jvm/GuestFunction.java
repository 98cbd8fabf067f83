package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.shared.EntryPoint;
import run.endive.runtime.ExportFunction;

/** A function of the guest that the host calls. Used by the thread that is inside, which fills the arguments. */
final class GuestFunction {

    private final ExportFunction function;
    private final boolean hasResult;

    /** Read by the translated code before it does anything else, so one array serves all calls, nested ones too. */
    private final long[] arguments;

    GuestFunction(ExportFunction function, EntryPoint entry) {
        this.function = function;
        this.hasResult = entry.hasResult();
        this.arguments = new long[entry.arity()];
    }

    /** Calls it with as many of the words as it has parameters; gives its result, or 0. */
    int call(int[] words, int from) {
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = words[from + i];
        }
        return call();
    }

    /** Calls it with one argument. */
    int call(int argument) {
        arguments[0] = argument;
        return call();
    }

    private int call() {
        long[] results = function.apply(arguments);
        return hasResult ? (int) results[0] : 0;
    }
}
