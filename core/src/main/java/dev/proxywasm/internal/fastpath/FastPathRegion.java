package dev.proxywasm.internal.fastpath;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * The memory between the fast path's code and Java: its layout, told in {@code region.wat}, and Java's access to it.
 *
 * <p>Pointers in it are addresses of the sandbox; an offset into this buffer is one less {@link #base}. Confined to the VM, and of no use
 * once its instance is closed.
 */
final class FastPathRegion {

    /** How many maps, from type 0 on, can be here. */
    static final int MAP_COUNT = 4;

    /** How many buffer types there are. */
    static final int BUFFER_COUNT = 9;

    /** How many pairs of a map can be here, removed ones included. */
    static final int MAX_ENTRIES = 128;

    /** The largest name, value or line that the code takes over. */
    static final int MAX_ITEM = 16 * 1024;

    /** A map that can be read. */
    static final int READABLE = 1;

    /** A map that can be read and changed. */
    static final int WRITABLE = 3;

    /** Record: a pair was appended. */
    static final int ADD = 1;

    /** Record: a pair was made the only one of its name. */
    static final int REPLACE = 2;

    /** Record: all pairs of a name were removed. */
    static final int REMOVE = 3;

    /** Record: a line was logged. */
    static final int LOG = 4;

    private static final int ON = 0;
    private static final int ALLOCATING = 4;
    private static final int LOG_LEVEL = 8;
    private static final int JOURNAL_SIZE = 12;
    private static final int HEAP_NEXT = 16;
    private static final int TIME_FRESH = 20;
    private static final int TIME = 24;
    private static final int MISSING = 32;
    private static final int MAX_PAIRS = 36;
    private static final int MAX_PAIRS_BYTES = 40;
    private static final int MAX_LINE = 44;
    private static final int REFUSED = 48;
    private static final int REFUSED_POINTER = 52;
    private static final int KEY = 64;
    private static final int MAX_KEY = 256;
    private static final int MAPS = KEY + MAX_KEY + 8;
    private static final int MAP_BYTES = 16;
    private static final int MAP_STATE = 0;
    private static final int MAP_ENTRIES = 4;
    private static final int MAP_PAIRS = 8;
    private static final int MAP_SIZE = 12;
    private static final int BUFFERS = MAPS + MAP_COUNT * MAP_BYTES;
    private static final int BUFFER_BYTES = 12;
    private static final int BUFFER_STATE = 0;
    private static final int BUFFER_POINTER = 4;
    private static final int BUFFER_SIZE = 8;
    private static final int ENTRIES = 1024;
    private static final int ENTRY_BYTES = 16;
    private static final int ENTRIES_BYTES = MAX_ENTRIES * ENTRY_BYTES;
    private static final int JOURNAL = ENTRIES + MAP_COUNT * ENTRIES_BYTES;
    private static final int RECORD_BYTES = 24;
    private static final int MAX_RECORDS = 256;
    private static final int HEAP = JOURNAL + MAX_RECORDS * RECORD_BYTES;
    private static final int HEAP_END = 126 * 1024;

    /** Size of the region; a word is left at its end, since items are written in whole words. */
    static final int BYTES = HEAP_END + 8;

    private final ByteBuffer memory;
    private final int base;

    /** The region of an instance, which begins at address {@code base} of the sandbox's memory. */
    FastPathRegion(ByteBuffer memory, int base) {
        this.memory = memory;
        this.base = base;
    }

    /** What the code calls the places. */
    static Map<String, Integer> constants() {
        return Map.ofEntries(
                Map.entry("ON", ON),
                Map.entry("ALLOCATING", ALLOCATING),
                Map.entry("LOG_LEVEL", LOG_LEVEL),
                Map.entry("JOURNAL_SIZE", JOURNAL_SIZE),
                Map.entry("HEAP_NEXT", HEAP_NEXT),
                Map.entry("TIME_FRESH", TIME_FRESH),
                Map.entry("TIME", TIME),
                Map.entry("MISSING", MISSING),
                Map.entry("MAX_PAIRS", MAX_PAIRS),
                Map.entry("MAX_PAIRS_BYTES", MAX_PAIRS_BYTES),
                Map.entry("MAX_LINE", MAX_LINE),
                Map.entry("REFUSED", REFUSED),
                Map.entry("REFUSED_POINTER", REFUSED_POINTER),
                Map.entry("KEY", KEY),
                Map.entry("MAX_KEY_LESS_ONE", MAX_KEY - 1),
                Map.entry("MAPS", MAPS),
                Map.entry("MAP_BYTES", MAP_BYTES),
                Map.entry("MAP_STATE", MAP_STATE),
                Map.entry("MAP_ENTRIES", MAP_ENTRIES),
                Map.entry("MAP_PAIRS", MAP_PAIRS),
                Map.entry("MAP_SIZE", MAP_SIZE),
                Map.entry("BUFFERS", BUFFERS),
                Map.entry("BUFFER_BYTES", BUFFER_BYTES),
                Map.entry("BUFFER_STATE", BUFFER_STATE),
                Map.entry("BUFFER_POINTER", BUFFER_POINTER),
                Map.entry("BUFFER_SIZE", BUFFER_SIZE),
                Map.entry("ENTRIES", ENTRIES),
                Map.entry("ENTRIES_BYTES", ENTRIES_BYTES),
                Map.entry("MAX_ENTRIES", MAX_ENTRIES),
                Map.entry("JOURNAL", JOURNAL),
                Map.entry("JOURNAL_WHICH", JOURNAL + 4),
                Map.entry("JOURNAL_NAME", JOURNAL + 8),
                Map.entry("JOURNAL_NAME_SIZE", JOURNAL + 12),
                Map.entry("JOURNAL_VALUE", JOURNAL + 16),
                Map.entry("JOURNAL_VALUE_SIZE", JOURNAL + 20),
                Map.entry("MAX_RECORDS", MAX_RECORDS),
                Map.entry("MAX_ITEM", MAX_ITEM),
                Map.entry("HEAP_END", HEAP_END),
                Map.entry("ADD", ADD),
                Map.entry("REPLACE", REPLACE),
                Map.entry("REMOVE", REMOVE),
                Map.entry("LOG", LOG));
    }

    /** Sets what does not change during the life of a VM. */
    void begin(int missingHeader, int maxPairs, int maxPairsBytes, int maxLine) {
        memory.putInt(MISSING, missingHeader);
        memory.putInt(MAX_PAIRS, maxPairs);
        memory.putInt(MAX_PAIRS_BYTES, maxPairsBytes);
        memory.putInt(MAX_LINE, maxLine);
        clearHeap();
    }

    void setOn(boolean on) {
        memory.putInt(ON, on ? 1 : 0);
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

    void setTime(long nanos) {
        memory.putLong(TIME, nanos);
        memory.putInt(TIME_FRESH, 1);
    }

    void clearTime() {
        memory.putInt(TIME_FRESH, 0);
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

    boolean isMapHere(int type) {
        return memory.getInt(MAPS + type * MAP_BYTES + MAP_STATE) != 0;
    }

    /** Shows a buffer, or none if {@code pointer} is 0. */
    void setBuffer(int type, int pointer, int size) {
        int at = BUFFERS + type * BUFFER_BYTES;
        memory.putInt(at + BUFFER_STATE, pointer == 0 ? 0 : 1);
        memory.putInt(at + BUFFER_POINTER, pointer);
        memory.putInt(at + BUFFER_SIZE, size);
    }

    boolean isBufferHere(int type) {
        return memory.getInt(BUFFERS + type * BUFFER_BYTES + BUFFER_STATE) != 0;
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
        return word(record, 4);
    }

    String recordName(int record, HeaderStrings strings) {
        return strings.get(memory, word(record, 8) - base, word(record, 12));
    }

    String recordValue(int record, HeaderStrings strings) {
        return strings.get(memory, word(record, 16) - base, word(record, 20));
    }

    String recordText(int record) {
        byte[] bytes = new byte[word(record, 20)];
        memory.get(word(record, 16) - base, bytes);
        return new String(bytes, UTF_8);
    }

    private int word(int record, int offset) {
        return memory.getInt(JOURNAL + record * RECORD_BYTES + offset);
    }
}
