package dev.proxywasm.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What guests wrote to their logs, in order, as {@code <plugin>: <line>}. Safe for use by several threads. */
final class PluginTrace extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final String PREFIX = "dev.proxywasm.plugin.";

    private final List<String> lines = new ArrayList<>();
    private final List<Logger> loggers = new ArrayList<>();

    PluginTrace() {
        start();
    }

    void listenTo(String plugin) {
        Logger logger = (Logger) LoggerFactory.getLogger(PREFIX + plugin);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(this);
        loggers.add(logger);
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    void clear() {
        synchronized (lines) {
            lines.clear();
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        Object[] arguments = event.getArgumentArray();
        synchronized (lines) {
            lines.add(event.getLoggerName().substring(PREFIX.length()) + ": " + arguments[1]);
        }
    }

    @Override
    public void close() {
        loggers.forEach(logger -> {
            logger.detachAppender(this);
            logger.setAdditive(true);
            logger.setLevel(null);
        });
    }
}
