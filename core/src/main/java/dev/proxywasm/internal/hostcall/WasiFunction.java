package dev.proxywasm.internal.hostcall;

import java.util.List;

/**
 * Rows of WASI preview 1, as far as filters need it: no file, no directory, no socket, two outputs that go to the log.
 *
 * <p>Offered under both names that compilers have used for it. What each stub answers is what language runtimes have been seen to accept.
 */
final class WasiFunction {

    private static final List<String> MODULES = List.of("wasi_snapshot_preview1", "wasi_unstable");

    private WasiFunction() {}

    /** The handler of a WASI function. */
    @FunctionalInterface
    interface Handler {
        /** Does the call and says how it went. */
        Errno handle(GuestCall call);
    }

    /** Begins a row whose result is an errno. */
    static HostFunction.Builder wasi(String name, Handler handler) {
        return row(
                name,
                Convention.ERRNO,
                call -> call.returnI32(handler.handle(call).code()));
    }

    /** Begins a row that answers the same at all times. */
    static HostFunction.Builder stub(String name, Errno answer) {
        return wasi(name, call -> answer)
                .support(HostFunction.Support.STUB)
                .note("Answers " + answer.code() + " (" + answer + ").");
    }

    /** Begins a row of any form, usable in start functions as all of WASI is. */
    static HostFunction.Builder row(String name, Convention convention, HostFunction.Handler handler) {
        return new HostFunction.Builder(MODULES, name, convention, handler).usableIn(CallPhase.START);
    }
}
