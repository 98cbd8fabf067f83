package dev.proxywasm.abi;

/** Severity of a guest's log line; the ordinal is the ABI's number. */
public enum LogLevel {
    /** 0. */
    TRACE,
    /** 1. */
    DEBUG,
    /** 2. */
    INFO,
    /** 3. */
    WARN,
    /** 4. */
    ERROR,
    /** 5. */
    CRITICAL
}
