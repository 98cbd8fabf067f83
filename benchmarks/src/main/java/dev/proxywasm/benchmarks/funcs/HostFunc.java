package dev.proxywasm.benchmarks.funcs;

import io.github.kawamuray.wasmtime.Val;

/** What the guest gets when it calls an import. */
@FunctionalInterface
interface HostFunc {

    /** The status, or WASI's errno; 0 is fine in both. */
    int call(FuncGuest guest, Val[] arguments);
}
