package dev.proxywasm.internal.fastpath;

import dev.proxywasm.abi.LogLevel;

/** The plugin's log, as the fast path needs it. */
public interface FastPathLog {

    /** The least severe level that is shown. */
    LogLevel level();

    /** Writes a line of the guest. */
    void accept(LogLevel level, String line);
}
