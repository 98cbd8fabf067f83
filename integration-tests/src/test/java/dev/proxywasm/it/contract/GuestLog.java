package dev.proxywasm.it.contract;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a plugin logs, from now on until it is closed, without the context that each line begins with. */
public final class GuestLog implements AutoCloseable {

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            messages.add(event.getFormattedMessage().replaceFirst("^\\[.*?] ", ""));
        }
    };

    public GuestLog(String plugin) {
        logger = (Logger) LoggerFactory.getLogger("dev.proxywasm.plugin." + plugin);
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
    }

    public List<String> messages() {
        return messages;
    }

    boolean hasSeen(String message) {
        return messages.contains(message);
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(null);
    }
}
