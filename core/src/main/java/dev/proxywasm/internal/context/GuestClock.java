package dev.proxywasm.internal.context;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * The two clocks that guests read.
 *
 * @param wall gives the time of day
 */
public record GuestClock(InstantSource wall) {

    private static final long ORIGIN = System.nanoTime();

    /** Nanoseconds since the Unix epoch; good until the year 2262. */
    public long epochNanos() {
        Instant now = wall.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** Nanoseconds since some moment, the same for all guests; never goes back. */
    public long monotonicNanos() {
        return System.nanoTime() - ORIGIN;
    }
}
