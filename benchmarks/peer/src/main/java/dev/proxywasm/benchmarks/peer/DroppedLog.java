package dev.proxywasm.benchmarks.peer;

import io.roastedroot.proxywasm.LogHandler;
import io.roastedroot.proxywasm.LogLevel;

/** Takes every line from INFO on, as our host's log does here, and drops it. */
final class DroppedLog implements LogHandler {

    @Override
    public void log(LogLevel level, String message) {}

    @Override
    public LogLevel getLogLevel() {
        return LogLevel.INFO;
    }
}
