package dev.proxywasm.internal.wasm;

/**
 * How much a module may take, once {@link ModuleRewriter} has been over it.
 *
 * @param maxMemoryPages the most its memory may grow to, in pages of 64 KiB; 1 to {@value MemoryType#MAX_PAGES}
 * @param maxTables the most tables it may have, imported ones included
 * @param maxTableElements the most elements that each of its tables may grow to
 */
public record RewriteLimits(int maxMemoryPages, int maxTables, int maxTableElements) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a limit is negative or the memory limit is out of its range
     */
    public RewriteLimits {
        if (maxMemoryPages < 1 || maxMemoryPages > MemoryType.MAX_PAGES) {
            throw new IllegalArgumentException("maxMemoryPages must be between 1 and %d, but is %d"
                    .formatted(MemoryType.MAX_PAGES, maxMemoryPages));
        }
        if (maxTables < 0 || maxTableElements < 0) {
            throw new IllegalArgumentException("maxTables and maxTableElements must not be negative, but are %d and %d"
                    .formatted(maxTables, maxTableElements));
        }
    }
}
