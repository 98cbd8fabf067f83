package dev.proxywasm.internal.hostcall;

/** What guest code is being run for, where that restricts hostcalls. */
public enum CallPhase {
    /** A callback: everything may be called. */
    CALLBACK,
    /** A start function: logging, time and WASI only. */
    START,
    /** The allocator, in the middle of a hostcall: logging, time and a few WASI functions only. */
    ALLOCATION
}
