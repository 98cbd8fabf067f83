package dev.proxywasm.internal.property;

import dev.proxywasm.internal.codec.PropertyPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What guests stored with {@code proxy_set_property}, and with foreign functions below {@code filter_state}.
 *
 * <p>A value is found by the path that it was stored by. As in Envoy, a property {@code name} is also {@code filter_state.wasm.<name>};
 * what stands above several values, as {@code filter_state} or {@code metadata.filter_metadata}, is a map of them. Not safe for use by
 * several threads.
 */
public final class StoredProperties {

    /** The most values of one exchange or plugin. */
    static final int MOST_VALUES = 1000;

    /** The most bytes of all values of one exchange or plugin, their paths included. */
    static final int MOST_BYTES = 4 * 1024 * 1024;

    /** The most segments of a path. Whoever reads maps of values pays for each of them, in heap and in stack. */
    static final int MOST_SEGMENTS = 32;

    private static final String FILTER_STATE = "filter_state";
    private static final String METADATA = "metadata";
    private static final String WASM = "wasm.";

    private final Map<PropertyPath, byte[]> values = new LinkedHashMap<>();
    private long size;

    /**
     * Stores a value, in place of what has that path.
     *
     * @throws PropertyFailure if there would be more than {@link #MOST_VALUES} or {@link #MOST_BYTES}, or the path has more than
     *     {@link #MOST_SEGMENTS}
     */
    public void set(PropertyPath path, byte[] value) {
        if (isTooDeep(path)) {
            throw PropertyFailure.overLimit("a path of " + path.segments().size() + " segments has more than the "
                    + MOST_SEGMENTS + " that are stored");
        }
        byte[] before = values.get(path);
        long after = size + value.length - (before == null ? -pathSize(path) : before.length);
        if (after > MOST_BYTES || (before == null && values.size() == MOST_VALUES)) {
            throw PropertyFailure.overLimit(
                    "no more than " + MOST_VALUES + " properties of " + MOST_BYTES + " bytes together can be stored");
        }
        values.put(path, value);
        size = after;
    }

    /** Whether some hundred small values can be stored without being refused. */
    public boolean hasRoom() {
        return values.size() <= MOST_VALUES / 2 && size <= MOST_BYTES / 2;
    }

    private static boolean isTooDeep(PropertyPath path) {
        return path.segments().size() > MOST_SEGMENTS;
    }

    /** Whether the value of a path changes only when it is stored, which is not refused for the path: it is not made of other values. */
    public static boolean isSettled(PropertyPath path) {
        return !isTooDeep(path)
                && !path.head().equals(FILTER_STATE)
                && !path.head().equals(METADATA);
    }

    private static long pathSize(PropertyPath path) {
        return path.segments().stream().mapToLong(String::length).sum();
    }

    /** The value of a path in its binary form, or null. */
    public byte @Nullable [] get(PropertyPath path) {
        byte[] own = values.get(path);
        if (own != null || values.isEmpty()) {
            return own;
        }
        boolean isFilterState = path.head().equals(FILTER_STATE);
        if (!isFilterState && !path.head().equals(METADATA)) {
            return null;
        }
        Object found = ValueEncoding.within(tree(path.head(), isFilterState), path.segments(), 1);
        return found instanceof Map<?, ?> map && map.isEmpty() ? null : ValueEncoding.encode(found);
    }

    private Map<String, Object> tree(String head, boolean isFilterState) {
        Map<String, Object> tree = new LinkedHashMap<>();
        values.forEach((path, value) -> {
            List<String> segments = path.segments();
            if (path.head().equals(head) && path.hasTail()) {
                grow(tree, segments.subList(1, segments.size()), value);
            } else if (isFilterState && !path.head().equals(METADATA)) {
                tree.put(WASM + path, value);
            }
        });
        return tree;
    }

    /** Adds a leaf; where one value stands above another, the one above is not shown. */
    @SuppressWarnings("unchecked") // inner nodes are maps that this method made
    private static void grow(Map<String, Object> tree, List<String> segments, byte[] value) {
        Map<String, Object> node = tree;
        for (String segment : segments.subList(0, segments.size() - 1)) {
            Object next = node.get(segment);
            if (!(next instanceof Map)) {
                next = new LinkedHashMap<String, Object>();
                node.put(segment, next);
            }
            node = (Map<String, Object>) next;
        }
        String leaf = segments.get(segments.size() - 1);
        if (!(node.get(leaf) instanceof Map)) {
            node.put(leaf, value);
        }
    }
}
