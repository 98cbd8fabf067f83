package dev.proxywasm;

import java.time.Duration;

/**
 * How a running host follows changes of what it was configured by: configuration files, module files, files of TLS, WasmPlugin documents, and images
 * whose policy is to be pulled always.
 *
 * @param watch whether it looks for changes by itself; without it, only {@link ProxyWasm#reload()} makes it look
 * @param interval how often files are looked at where the system does not tell of changes; also how soon a bad change is tried again
 * @param imageInterval how often registries are asked for images whose policy is to be pulled always, and for what could not be had before
 * @param drainTimeout how long requests may go on with a plugin that has been replaced; beyond it they meet its failure policy
 */
public record ReloadConfig(boolean watch, Duration interval, Duration imageInterval, Duration drainTimeout) {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** Watches; every 10 seconds, images every 5 minutes; 30 seconds to drain. */
    public static final ReloadConfig DEFAULT =
            new ReloadConfig(true, Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofSeconds(30));

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException if an interval is shorter than 100 ms, or the drain timeout is negative
     */
    public ReloadConfig {
        if (interval.compareTo(SHORTEST) < 0 || imageInterval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("an interval of reload must be at least 100ms");
        }
        if (drainTimeout.isNegative()) {
            throw new IllegalArgumentException("reload.drain-timeout must not be negative");
        }
    }
}
