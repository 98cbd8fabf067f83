package dev.proxywasm.internal.vm;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Decides when a plugin whose VM failed may start another.
 *
 * <p>After a first failure at once, so that one crash costs one request; after each further one with twice the delay, from 1 s up to a
 * minute, give or take a quarter. A minute without a failure forgets the past. Guarded by the pool's lock.
 */
final class RestartBackoff {

    private static final long BASE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long FORGET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private final DoubleSupplier random;
    private int failures;
    private long lastFailureNanos;
    private long delayNanos;

    RestartBackoff(LongSupplier nanoTime) {
        this(nanoTime, () -> ThreadLocalRandom.current().nextDouble());
    }

    RestartBackoff(LongSupplier nanoTime, DoubleSupplier random) {
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /** Notes a failure: a trap, or a start that did not succeed. */
    void failed() {
        long now = nanoTime.getAsLong();
        if (failures > 0 && now - lastFailureNanos > FORGET_NANOS + delayNanos) {
            failures = 0;
        }
        failures++;
        lastFailureNanos = now;
        delayNanos = failures == 1 ? 0 : jittered(BASE_NANOS << Math.min(failures - 2, 6));
    }

    /** How long to wait from now; 0 or less if a start may be tried. */
    long remainingNanos() {
        return failures == 0 ? 0 : lastFailureNanos + delayNanos - nanoTime.getAsLong();
    }

    private long jittered(long nanos) {
        long capped = Math.min(nanos, LONGEST_NANOS);
        return (long) (capped * (0.75 + 0.5 * random.getAsDouble()));
    }
}
