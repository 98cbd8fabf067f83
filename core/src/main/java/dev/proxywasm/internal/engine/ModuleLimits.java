package dev.proxywasm.internal.engine;

/**
 * What one instance of a module may use at most.
 *
 * @param memoryBytes linear memory; growth beyond it makes {@code memory.grow} answer -1
 * @param tableElements elements of each table
 */
public record ModuleLimits(long memoryBytes, int tableElements) {

    /** A Wasm page: the unit in which memory is declared and grows. */
    public static final int PAGE_BYTES = 64 * 1024;

    /** The memory limit in whole pages, rounded down. */
    public int memoryPages() {
        return (int) (memoryBytes / PAGE_BYTES);
    }
}
