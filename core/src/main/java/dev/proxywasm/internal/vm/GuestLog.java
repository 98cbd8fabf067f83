package dev.proxywasm.internal.vm;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.fastpath.FastPathLog;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of one plugin: what its guests write goes to the logger {@code dev.proxywasm.plugin.<name>}. */
final class GuestLog implements FastPathLog {

    private static final String PREFIX = "dev.proxywasm.plugin.";

    private final Logger logger;
    private final int lineLength;

    private final Supplier<Context> context;

    /** The log of a plugin; each line says in which context it was written. */
    GuestLog(PluginConfig plugin, Supplier<Context> context) {
        this.context = context;
        this.logger = LoggerFactory.getLogger(PREFIX + plugin.name());
        this.lineLength = plugin.limits().logLineBytes();
    }

    /** Writes a line, cut at the plugin's limit, its control characters escaped: a guest must not forge lines of others. */
    @Override
    public void accept(LogLevel level, String line) {
        // Not by atLevel(), which makes a builder and an event of its own for every line.
        switch (level) {
            case TRACE -> log(Logger::isTraceEnabled, Logger::trace, line);
            case DEBUG -> log(Logger::isDebugEnabled, Logger::debug, line);
            case INFO -> log(Logger::isInfoEnabled, Logger::info, line);
            case WARN -> log(Logger::isWarnEnabled, Logger::warn, line);
            case ERROR, CRITICAL -> log(Logger::isErrorEnabled, Logger::error, line);
        }
    }

    private interface Write {
        void accept(Logger logger, String format, Object context, Object line);
    }

    private void log(Predicate<Logger> enabled, Write write, String line) {
        if (enabled.test(logger)) {
            write.accept(logger, "[{}] {}", context.get(), printable(cut(line)));
        }
    }

    @Override
    public LogLevel level() {
        if (logger.isDebugEnabled()) {
            return logger.isTraceEnabled() ? LogLevel.TRACE : LogLevel.DEBUG;
        }
        if (logger.isInfoEnabled()) {
            return LogLevel.INFO;
        }
        if (logger.isWarnEnabled()) {
            return LogLevel.WARN;
        }
        return logger.isErrorEnabled() ? LogLevel.ERROR : LogLevel.CRITICAL;
    }

    private String cut(String line) {
        return line.length() <= lineLength ? line : line.substring(0, lineLength) + "...";
    }

    private static String printable(String line) {
        int i = 0;
        while (i < line.length() && (line.charAt(i) >= ' ' || line.charAt(i) == '\t')) {
            i++;
        }
        if (i == line.length()) {
            return line;
        }
        StringBuilder escaped = new StringBuilder(line.length() + 16);
        line.chars().forEach(c -> {
            if (c >= ' ' || c == '\t') {
                escaped.append((char) c);
            } else {
                escaped.append(c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\x%02x".formatted(c));
            }
        });
        return escaped.toString();
    }
}
