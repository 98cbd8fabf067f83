package dev.proxywasm.internal.module.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Decides when a long fetch is worth a line in the log, and what it says. Used by one thread. */
final class ProgressLog {

    private static final double MEBIBYTE = 1024 * 1024;

    private final long intervalNanos;
    private long last;

    ProgressLog(Duration interval, long now) {
        this.intervalNanos = interval.toNanos();
        this.last = now;
    }

    /**
     * A text such as {@code 12.5 of 80.0 MiB}, at most once in an interval.
     *
     * @param announced how much it will be; negative if that is not known
     */
    Optional<String> at(long now, long received, long announced) {
        if (now - last < intervalNanos || received == 0) {
            return Optional.empty();
        }
        last = now;
        String soFar = mebibytes(received);
        return Optional.of(announced < 0 ? soFar + " MiB" : soFar + " of " + mebibytes(announced) + " MiB");
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / MEBIBYTE);
    }
}
