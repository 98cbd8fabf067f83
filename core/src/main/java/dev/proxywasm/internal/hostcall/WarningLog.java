package dev.proxywasm.internal.hostcall;

import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warnings about what a guest does wrong without being stopped for it, at most a few a minute: a guest does it for every request.
 *
 * <p>Confined to the VM.
 */
public final class WarningLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.hostcall");
    private static final int PER_WINDOW = 10;
    private static final long WINDOW_MILLIS = 60_000;

    private final String plugin;
    private final InstantSource clock;
    private final Consumer<String> sink;
    private long windowStart = Long.MIN_VALUE;
    private int inWindow;
    private long suppressed;

    /** Warnings about that plugin. */
    public WarningLog(String plugin, InstantSource clock) {
        this(plugin, clock, LOG::warn);
    }

    WarningLog(String plugin, InstantSource clock, Consumer<String> sink) {
        this.plugin = plugin;
        this.clock = clock;
        this.sink = sink;
    }

    /** Logs a warning, unless there have been too many in this minute. */
    public void warn(Object context, String message) {
        if (!admit()) {
            suppressed++;
            return;
        }
        sink.accept("plugin '" + plugin + "' (" + context + "): " + message + suppressedNote());
        suppressed = 0;
    }

    private boolean admit() {
        long now = clock.millis();
        if (inWindow == 0 || now - windowStart >= WINDOW_MILLIS || now < windowStart) {
            windowStart = now;
            inWindow = 0;
        }
        if (inWindow == PER_WINDOW) {
            return false;
        }
        inWindow++;
        return true;
    }

    private String suppressedNote() {
        return suppressed == 0 ? "" : " (" + suppressed + " warnings before it were left out)";
    }
}
