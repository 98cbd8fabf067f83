package dev.proxywasm.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/** What guests wrote to their logs, in order, as {@code <plugin>: <line>}. Safe for use by several threads. */
final class PluginTrace extends UnsynchronizedAppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final String PREFIX = "dev.proxywasm.plugin.";

    private final List<String> lines = new ArrayList<>();
    private final List<Logger> loggers = new ArrayList<>();
    private final Map<String, Runnable> actions = new ConcurrentHashMap<>();

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

    /** Runs an action, once, when a guest writes that line, and within its hostcall; what is written meanwhile on the same thread is not kept. */
    void when(String line, Runnable action) {
        actions.put(line, action);
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
        String line = String.valueOf(event.getArgumentArray()[1]);
        synchronized (lines) {
            lines.add(event.getLoggerName().substring(PREFIX.length()) + ": " + line);
        }
        Runnable action = actions.remove(line);
        if (action != null) {
            action.run();
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
