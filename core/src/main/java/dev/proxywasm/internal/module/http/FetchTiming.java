package dev.proxywasm.internal.module.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long fetching may take, and how often it is tried; and the clocks by which that is measured.
 *
 * @param head how long a server may take to connect and to answer with headers
 * @param stall how long a body may come to a halt
 * @param total how long one whole exchange may take
 * @param tries how often a request is made
 * @param firstDelay the pause after the first try; each later one is twice as long
 * @param longestDelay the longest pause, also when a server asks for a longer one
 * @param progress how often a line about a long fetch is logged
 * @param nanoTime as {@link System#nanoTime()}
 * @param clock for dates that servers send
 * @param sleeper how to pause
 */
public record FetchTiming(
        Duration head,
        Duration stall,
        Duration total,
        int tries,
        Duration firstDelay,
        Duration longestDelay,
        Duration progress,
        LongSupplier nanoTime,
        InstantSource clock,
        Sleeper sleeper) {

    /** As Istio's agent: 15 s, five tries, 0.5 s and doubling. */
    public static final FetchTiming DEFAULT = new FetchTiming(
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofMinutes(10),
            5,
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            System::nanoTime,
            InstantSource.system(),
            duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));

    /** Pauses a thread. */
    @FunctionalInterface
    public interface Sleeper {
        /** Returns when the time is over. */
        void sleep(Duration duration) throws InterruptedException;
    }

    /** The pause after a try, counted from 1. */
    Duration delayAfter(int attempt) {
        return shortened(firstDelay.multipliedBy(1L << Math.min(attempt - 1, 20)));
    }

    /** A pause that a server asks for, if it is not too long: {@code delay} if it asks for none, or makes no sense. */
    Duration delayFrom(String retryAfter, Duration delay) {
        return RetryAfter.parse(retryAfter, now()).map(this::shortened).orElse(delay);
    }

    private Duration shortened(Duration delay) {
        return delay.compareTo(longestDelay) < 0 ? delay : longestDelay;
    }

    private Instant now() {
        return clock.instant();
    }
}
