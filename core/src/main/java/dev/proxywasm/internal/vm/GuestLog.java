package dev.proxywasm.internal.vm;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.abi.LogLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The log of one plugin: what its guests write goes to the logger {@code dev.proxywasm.plugin.<name>}. */
final class GuestLog {

    private static final String PREFIX = "dev.proxywasm.plugin.";

    private final Logger logger;
    private final int lineBytes;

    GuestLog(PluginConfig plugin) {
        this.logger = LoggerFactory.getLogger(PREFIX + plugin.name());
        this.lineBytes = plugin.limits().logLineBytes();
    }

    /** Writes a line, cut at the plugin's limit; says in which context it was written. */
    void write(LogLevel level, String line, Object context) {
        Level mapped = slf4j(level);
        if (logger.isEnabledForLevel(mapped)) {
            logger.atLevel(mapped).log("[{}] {}", context, cut(line));
        }
    }

    /** The least severe level that is shown. */
    LogLevel level() {
        for (LogLevel level : LogLevel.values()) {
            if (logger.isEnabledForLevel(slf4j(level))) {
                return level;
            }
        }
        return LogLevel.CRITICAL;
    }

    private String cut(String line) {
        return line.length() <= lineBytes
                ? line
                : line.substring(0, lineBytes) + "... (" + line.length() + " characters)";
    }

    private static Level slf4j(LogLevel level) {
        return switch (level) {
            case TRACE -> Level.TRACE;
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR, CRITICAL -> Level.ERROR;
        };
    }
}
