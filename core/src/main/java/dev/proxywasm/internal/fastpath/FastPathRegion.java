package dev.proxywasm.internal.fastpath;

import static dev.proxywasm.internal.fastpath.FastPathLayout.ALLOCATING;
import static dev.proxywasm.internal.fastpath.FastPathLayout.BUFFERS;
import static dev.proxywasm.internal.fastpath.FastPathLayout.BUFFER_BYTES;
import static dev.proxywasm.internal.fastpath.FastPathLayout.BUFFER_POINTER;
import static dev.proxywasm.internal.fastpath.FastPathLayout.BUFFER_SIZE;
import static dev.proxywasm.internal.fastpath.FastPathLayout.BUFFER_STATE;
import static dev.proxywasm.internal.fastpath.FastPathLayout.CONTEXT;
import static dev.proxywasm.internal.fastpath.FastPathLayout.ENTRIES;
import static dev.proxywasm.internal.fastpath.FastPathLayout.ENTRIES_BYTES;
import static dev.proxywasm.internal.fastpath.FastPathLayout.ENTRY_BYTES;
import static dev.proxywasm.internal.fastpath.FastPathLayout.HEAP;
import static dev.proxywasm.internal.fastpath.FastPathLayout.HEAP_END;
import static dev.proxywasm.internal.fastpath.FastPathLayout.HEAP_NEXT;
import static dev.proxywasm.internal.fastpath.FastPathLayout.JOURNAL;
import static dev.proxywasm.internal.fastpath.FastPathLayout.JOURNAL_SIZE;
import static dev.proxywasm.internal.fastpath.FastPathLayout.LOG_LEVEL;
import static dev.proxywasm.internal.fastpath.FastPathLayout.MAPS;
import static dev.proxywasm.internal.fastpath.FastPathLayout.MAP_BYTES;
import static dev.proxywasm.internal.fastpath.FastPathLayout.MAP_ENTRIES;
import static dev.proxywasm.internal.fastpath.FastPathLayout.MAP_PAIRS;
import static dev.proxywasm.internal.fastpath.FastPathLayout.MAP_SIZE;
import static dev.proxywasm.internal.fastpath.FastPathLayout.MAP_STATE;
import static dev.proxywasm.internal.fastpath.FastPathLayout.MAX_LINE;
import static dev.proxywasm.internal.fastpath.FastPathLayout.MAX_PAIRS;
import static dev.proxywasm.internal.fastpath.FastPathLayout.MAX_PAIRS_BYTES;
import static dev.proxywasm.internal.fastpath.FastPathLayout.MAX_PATH;
import static dev.proxywasm.internal.fastpath.FastPathLayout.METRICS;
import static dev.proxywasm.internal.fastpath.FastPathLayout.MISSING;
import static dev.proxywasm.internal.fastpath.FastPathLayout.NO_ENVIRONMENT;
import static dev.proxywasm.internal.fastpath.FastPathLayout.ON;
import static dev.proxywasm.internal.fastpath.FastPathLayout.PATHS;
import static dev.proxywasm.internal.fastpath.FastPathLayout.PROPERTIES;
import static dev.proxywasm.internal.fastpath.FastPathLayout.PROPERTY_BYTES;
import static dev.proxywasm.internal.fastpath.FastPathLayout.PROPERTY_COUNT;
import static dev.proxywasm.internal.fastpath.FastPathLayout.PROPERTY_PATH;
import static dev.proxywasm.internal.fastpath.FastPathLayout.PROPERTY_PATH_SIZE;
import static dev.proxywasm.internal.fastpath.FastPathLayout.PROPERTY_STATE;
import static dev.proxywasm.internal.fastpath.FastPathLayout.PROPERTY_VALUE;
import static dev.proxywasm.internal.fastpath.FastPathLayout.PROPERTY_VALUE_SIZE;
import static dev.proxywasm.internal.fastpath.FastPathLayout.RANDOM;
import static dev.proxywasm.internal.fastpath.FastPathLayout.RANDOM_LEFT;
import static dev.proxywasm.internal.fastpath.FastPathLayout.READABLE;
import static dev.proxywasm.internal.fastpath.FastPathLayout.RECORD_BYTES;
import static dev.proxywasm.internal.fastpath.FastPathLayout.RECORD_NAME;
import static dev.proxywasm.internal.fastpath.FastPathLayout.RECORD_NAME_SIZE;
import static dev.proxywasm.internal.fastpath.FastPathLayout.RECORD_VALUE;
import static dev.proxywasm.internal.fastpath.FastPathLayout.RECORD_VALUE_SIZE;
import static dev.proxywasm.internal.fastpath.FastPathLayout.RECORD_WHICH;
import static dev.proxywasm.internal.fastpath.FastPathLayout.REFUSED;
import static dev.proxywasm.internal.fastpath.FastPathLayout.REFUSED_POINTER;
import static dev.proxywasm.internal.fastpath.FastPathLayout.TIME;
import static dev.proxywasm.internal.fastpath.FastPathLayout.TIMES;
import static dev.proxywasm.internal.fastpath.FastPathLayout.TIME_BYTES;
import static dev.proxywasm.internal.fastpath.FastPathLayout.TIME_FRESH;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * Java's access to the memory between the fast path's code and Java, which {@link FastPathLayout} lays out.
 *
 * <p>Pointers in it are addresses of the sandbox; an offset into this buffer is one less {@link #base}. Confined to the VM, and of no use
 * once its instance is closed.
 */
final class FastPathRegion {

    private final ByteBuffer memory;
    private final int base;

    /** The region of an instance, which begins at address {@code base} of the sandbox's memory. */
    FastPathRegion(ByteBuffer memory, int base) {
        this.memory = memory;
        this.base = base;
    }

    /** Sets what does not change during the life of a VM. */
    void begin(int missingHeader, int maxPairs, int maxPairsBytes, int maxLine, boolean hasEnvironment) {
        memory.putInt(MISSING, missingHeader);
        memory.putInt(MAX_PAIRS, maxPairs);
        memory.putInt(MAX_PAIRS_BYTES, maxPairsBytes);
        memory.putInt(MAX_LINE, maxLine);
        memory.putInt(NO_ENVIRONMENT, hasEnvironment ? 0 : 1);
        clearHeap();
    }

    void setOn(boolean on) {
        memory.putInt(ON, on ? 1 : 0);
    }

    void setContext(int id) {
        memory.putInt(CONTEXT, id);
    }

    void setAllocating(boolean allocating) {
        memory.putInt(ALLOCATING, allocating ? 1 : 0);
    }

    boolean isAllocating() {
        return memory.getInt(ALLOCATING) != 0;
    }

    void setLogLevel(int level) {
        memory.putInt(LOG_LEVEL, level);
    }

    void setTime(int clock, long nanos) {
        memory.putLong(TIMES + clock * TIME_BYTES + TIME, nanos);
        memory.putInt(TIMES + clock * TIME_BYTES + TIME_FRESH, 1);
    }

    void clearTime(int clock) {
        memory.putInt(TIMES + clock * TIME_BYTES + TIME_FRESH, 0);
    }

    /** Whether the guest's allocator answered the code something that cannot be used. */
    boolean isAllocationRefused() {
        return memory.getInt(REFUSED) != 0;
    }

    /** What it answered. */
    int refusedPointer() {
        return memory.getInt(REFUSED_POINTER);
    }

    void clearRefused() {
        memory.putInt(REFUSED, 0);
    }

    void clearHeap() {
        memory.putInt(HEAP_NEXT, base + HEAP);
    }

    /** How many bytes of the heap are free. */
    int heapFree() {
        return base + HEAP_END - memory.getInt(HEAP_NEXT);
    }

    /** Copies {@code size} bytes, a multiple of 8 that fits, to the heap; the address of the first. */
    int keep(byte[] bytes, int size) {
        int at = memory.getInt(HEAP_NEXT);
        memory.put(at - base, bytes, 0, size);
        memory.putInt(HEAP_NEXT, at + size);
        return at;
    }

    /** Copies bytes that fit to the heap, and what is missing to a multiple of 8; the address of the first. */
    int keepPadded(byte[] bytes) {
        int at = memory.getInt(HEAP_NEXT);
        int padded = (bytes.length + 7) & -8;
        if (padded > 0) {
            memory.putLong(at - base + padded - Long.BYTES, 0);
            memory.put(at - base, bytes);
            memory.putInt(HEAP_NEXT, at + padded);
        }
        return at;
    }

    void setEntry(int type, int entry, int name, int nameSize, int value, int valueSize) {
        int at = ENTRIES + type * ENTRIES_BYTES + entry * ENTRY_BYTES;
        memory.putInt(at, name);
        memory.putInt(at + 4, nameSize);
        memory.putInt(at + 8, value);
        memory.putInt(at + 12, valueSize);
    }

    void setMap(int type, int pairs, int size) {
        int at = MAPS + type * MAP_BYTES;
        memory.putInt(at + MAP_ENTRIES, pairs);
        memory.putInt(at + MAP_PAIRS, pairs);
        memory.putInt(at + MAP_SIZE, size);
    }

    void setMapState(int type, int state) {
        memory.putInt(MAPS + type * MAP_BYTES + MAP_STATE, state);
    }

    /** Shows a buffer, or none if {@code pointer} is 0. */
    void setBuffer(int type, int pointer, int size) {
        int at = BUFFERS + type * BUFFER_BYTES;
        memory.putInt(at + BUFFER_STATE, pointer == 0 ? 0 : READABLE);
        memory.putInt(at + BUFFER_POINTER, pointer);
        memory.putInt(at + BUFFER_SIZE, size);
    }

    boolean isBufferHere(int type) {
        return memory.getInt(BUFFERS + type * BUFFER_BYTES + BUFFER_STATE) != 0;
    }

    /** Makes the type of a metric known: 1 and the number that the ABI gives it. */
    void setMetric(int id, int type) {
        memory.put(METRICS + id, (byte) type);
    }

    /** Appends a property of which nothing is known but its path. */
    void addProperty(byte[] path) {
        int number = memory.getInt(PROPERTY_COUNT);
        int at = PROPERTIES + number * PROPERTY_BYTES;
        memory.put(PATHS + number * MAX_PATH, path);
        memory.putInt(at + PROPERTY_STATE, 0);
        memory.putInt(at + PROPERTY_PATH, base + PATHS + number * MAX_PATH);
        memory.putInt(at + PROPERTY_PATH_SIZE, path.length);
        memory.putInt(PROPERTY_COUNT, number + 1);
    }

    void setProperty(int number, int state, int value, int size) {
        int at = PROPERTIES + number * PROPERTY_BYTES;
        memory.putInt(at + PROPERTY_STATE, state);
        memory.putInt(at + PROPERTY_VALUE, value);
        memory.putInt(at + PROPERTY_VALUE_SIZE, size);
    }

    int randomLeft() {
        return memory.getInt(RANDOM_LEFT);
    }

    /** Puts bytes in the place of those that are left. */
    void setRandom(byte[] bytes) {
        memory.put(RANDOM, bytes);
        memory.putInt(RANDOM_LEFT, bytes.length);
    }

    int journalSize() {
        return memory.getInt(JOURNAL_SIZE);
    }

    void clearJournal() {
        memory.putInt(JOURNAL_SIZE, 0);
    }

    int recordWhat(int record) {
        return word(record, 0);
    }

    int recordWhich(int record) {
        return word(record, RECORD_WHICH);
    }

    /** The number of a record that has one in place of a value. */
    long recordNumber(int record) {
        return memory.getLong(JOURNAL + record * RECORD_BYTES + RECORD_VALUE);
    }

    String recordName(int record, HeaderStrings strings) {
        return strings.get(memory, word(record, RECORD_NAME) - base, word(record, RECORD_NAME_SIZE));
    }

    String recordValue(int record, HeaderStrings strings) {
        return strings.get(memory, word(record, RECORD_VALUE) - base, word(record, RECORD_VALUE_SIZE));
    }

    String recordText(int record) {
        return new String(recordBytes(record), UTF_8);
    }

    byte[] recordBytes(int record) {
        byte[] bytes = new byte[word(record, RECORD_VALUE_SIZE)];
        memory.get(word(record, RECORD_VALUE) - base, bytes);
        return bytes;
    }

    private int word(int record, int offset) {
        return memory.getInt(JOURNAL + record * RECORD_BYTES + offset);
    }
}
