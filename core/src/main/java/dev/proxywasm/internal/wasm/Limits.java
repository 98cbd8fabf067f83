package dev.proxywasm.internal.wasm;

import java.util.OptionalLong;

/**
 * How big a memory or table is at first, and how far it may grow.
 *
 * @param minimum the initial size, in pages of 64 KiB for a memory and in elements for a table; unsigned 32-bit
 * @param maximum the size it may never exceed, in the same unit, or empty if the module sets none
 */
public record Limits(long minimum, OptionalLong maximum) {

    /** These limits with a maximum that is at most {@code bound}; a smaller maximum is kept. */
    Limits cappedAt(long bound) {
        return new Limits(minimum, OptionalLong.of(Math.min(maximum.orElse(bound), bound)));
    }
}
