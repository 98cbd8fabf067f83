package dev.proxywasm;

import java.time.Duration;

/**
 * What is kept on disk between starts: modules from other servers, and code that was compiled from modules.
 *
 * @param enabled whether anything is kept
 * @param directory where, relative to the configuration. Empty for the place where this user's caches are, and then compiled code is not
 *     kept: it runs in this process, so whoever configures the host says where it may lie
 * @param maxBytes how much the modules may take; the last one is kept in any case
 * @param maxAge how long a module is kept that nobody uses
 */
public record CacheConfig(boolean enabled, String directory, long maxBytes, Duration maxAge) {

    /** Enabled, where this user's caches are, 1 GiB, 30 days. */
    public static final CacheConfig DEFAULT = new CacheConfig(true, "", 1L << 30, Duration.ofDays(30));

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public CacheConfig {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("cache.max-size is " + maxBytes + "; it must be at least 1");
        }
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("cache.max-age is " + maxAge + "; it must be more than 0");
        }
    }

    /** Whether compiled code is kept. */
    public boolean keepsCompiledCode() {
        return enabled && !directory.isEmpty();
    }
}
