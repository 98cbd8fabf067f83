package dev.proxywasm.internal.fastpath;

import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.abi.MetricType;
import dev.proxywasm.abi.Status;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;

/**
 * Where everything stands in the memory between the fast path's code and Java, in bytes from its beginning, and the codes that both use.
 * {@code region.wat} tells what each place means; it calls every constant of this class by its name.
 */
final class FastPathLayout {

    /** How many maps, from type 0 on, can be here. */
    static final int MAP_COUNT = 4;

    /** How many buffer types there are. */
    static final int BUFFER_COUNT = 9;

    /** How many pairs of a map can be here, removed ones included. */
    static final int MAX_ENTRIES = 128;

    /** The largest name, value or line that the code takes over. */
    static final int MAX_ITEM = 16 * 1024;

    /** How many changes and lines can wait. */
    static final int MAX_RECORDS = 256;

    /** The longest name of a header and path of a property that are looked for here. */
    static final int MAX_KEY = 256;

    /** Metrics with that number or a higher one are not known here. */
    static final int MAX_METRICS = 512;

    /** How many properties can be here. */
    static final int MAX_PROPERTIES = 32;

    /** The longest path of a property that can be here. */
    static final int MAX_PATH = 128;

    /** The largest value that the code stores in a property. */
    static final int MAX_PROPERTY = 1024;

    /** How many pieces of one write to an output are put together here. */
    static final int MAX_VECTORS = 64;

    /** How many random bytes are kept at most. */
    static final int MAX_RANDOM = 256;

    /** A map or buffer that can be read. */
    static final int READABLE = 1;

    /** A map that can be read and changed. */
    static final int WRITABLE = 3;

    /** A map that can be read, changed and replaced as a whole. */
    static final int ASSIGNABLE = 7;

    /** A property that has a value. */
    static final int PRESENT = 1;

    /** A property that has none. */
    static final int ABSENT = 2;

    /** A property, present or absent, that can be stored. */
    static final int STORABLE = 4;

    /** Record: a pair was appended. */
    static final int ADD = 1;

    /** Record: a pair was made the only one of its name. */
    static final int REPLACE = 2;

    /** Record: all pairs of a name were removed. */
    static final int REMOVE = 3;

    /** Record: a line was logged. */
    static final int LOG = 4;

    /** Record: a number was added to a metric. */
    static final int INCREMENT_METRIC = 5;

    /** Record: a metric was given a value. */
    static final int RECORD_METRIC = 6;

    /** Record: a property was stored. */
    static final int STORE_PROPERTY = 7;

    /** Record: a map was replaced as a whole. */
    static final int ASSIGN = 8;

    /** Record: a piece of text was written to a standard output. */
    static final int OUTPUT = 9;

    static final int ON = 0;
    static final int ALLOCATING = 4;
    static final int LOG_LEVEL = 8;
    static final int JOURNAL_SIZE = 12;
    static final int HEAP_NEXT = 16;
    static final int CONTEXT = 20;
    static final int REFUSED = 24;
    static final int REFUSED_POINTER = 28;
    static final int MISSING = 32;
    static final int MAX_PAIRS = 36;
    static final int MAX_PAIRS_BYTES = 40;
    static final int MAX_LINE = 44;
    static final int NO_ENVIRONMENT = 48;
    static final int PROPERTY_COUNT = 52;
    static final int RANDOM_LEFT = 56;

    static final int TIMES = 64;
    static final int TIME_BYTES = 16;
    static final int TIME_FRESH = 0;
    static final int TIME = 8;
    static final int TIME_COUNT = 2;

    static final int KEY = TIMES + TIME_COUNT * TIME_BYTES;

    static final int MAPS = KEY + MAX_KEY + Long.BYTES;
    static final int MAP_BYTES = 16;
    static final int MAP_STATE = 0;
    static final int MAP_ENTRIES = 4;
    static final int MAP_PAIRS = 8;
    static final int MAP_SIZE = 12;

    static final int BUFFERS = MAPS + MAP_COUNT * MAP_BYTES;
    static final int BUFFER_BYTES = 12;
    static final int BUFFER_STATE = 0;
    static final int BUFFER_POINTER = 4;
    static final int BUFFER_SIZE = 8;

    static final int RANDOM = BUFFERS + BUFFER_COUNT * BUFFER_BYTES;

    static final int METRICS = RANDOM + MAX_RANDOM + Long.BYTES;

    static final int PROPERTIES = METRICS + MAX_METRICS;
    static final int PROPERTY_BYTES = 20;
    static final int PROPERTY_STATE = 0;
    static final int PROPERTY_PATH = 4;
    static final int PROPERTY_PATH_SIZE = 8;
    static final int PROPERTY_VALUE = 12;
    static final int PROPERTY_VALUE_SIZE = 16;

    static final int PATHS = roundUp(PROPERTIES + MAX_PROPERTIES * PROPERTY_BYTES);

    static final int ENTRIES = PATHS + MAX_PROPERTIES * MAX_PATH;
    static final int ENTRY_BYTES = 16;
    static final int ENTRIES_BYTES = MAX_ENTRIES * ENTRY_BYTES;

    static final int JOURNAL = ENTRIES + MAP_COUNT * ENTRIES_BYTES;
    static final int RECORD_BYTES = 24;
    static final int RECORD_WHICH = 4;
    static final int RECORD_NAME = 8;
    static final int RECORD_NAME_SIZE = 12;
    static final int RECORD_VALUE = 16;
    static final int RECORD_VALUE_SIZE = 20;

    static final int HEAP = JOURNAL + MAX_RECORDS * RECORD_BYTES;
    static final int HEAP_END = 126 * 1024;

    /** Size of the region; a word is left at its end, since items are written in whole words. */
    static final int BYTES = HEAP_END + Long.BYTES;

    // Numbers of the ABI and of WASI, and sums, under names that the code can use.

    static final int NOT_FOUND = Status.NOT_FOUND.code();
    static final int INFO = LogLevel.INFO.ordinal();
    static final int ERROR = LogLevel.ERROR.ordinal();
    static final int COUNTER = 1 + MetricType.COUNTER.ordinal();
    static final int GAUGE = 1 + MetricType.GAUGE.ordinal();
    static final int HOST = 0x74736f68; // "host"
    static final int RIGHT_TO_WRITE = 64;
    static final int LAST_OF_KEY = MAX_KEY - 1;
    static final int LAST_OF_ENTRIES = MAX_ENTRIES - 1;
    static final int LAST_OF_PATH = MAX_PATH - 1;
    static final int PRESENT_OR_ABSENT = PRESENT | ABSENT;
    static final int PRESENT_AND_STORABLE = PRESENT | STORABLE;
    static final int FRESH_TIMES = TIMES + TIME_FRESH;
    static final int NANOS_OF_TIMES = TIMES + TIME;

    private static final Map<String, Integer> CONSTANTS = constants();

    private FastPathLayout() {}

    /** The constant of that name. */
    static int constant(String name) {
        Integer value = CONSTANTS.get(name);
        if (value == null) {
            throw new IllegalStateException("the layout has no constant " + name);
        }
        return value;
    }

    private static Map<String, Integer> constants() {
        Map<String, Integer> constants = new HashMap<>();
        try {
            for (Field field : FastPathLayout.class.getDeclaredFields()) {
                if (field.getType() == int.class) {
                    constants.put(field.getName(), field.getInt(null));
                }
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError("a class may read its own constants", e);
        }
        return constants;
    }

    private static int roundUp(int bytes) {
        return (bytes + 7) & -8;
    }
}
