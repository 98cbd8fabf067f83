package dev.proxywasm.internal.property;

import dev.proxywasm.internal.codec.PropertyPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds attributes by path: {@code name} or {@code group.name}, and behind them keys, fields and indexes of what the value holds.
 *
 * @param <S> what values are taken from
 */
public final class AttributeTable<S> {

    private final Map<String, Attribute<S>> single = new HashMap<>();
    private final Map<String, Map<String, Attribute<S>>> groups = new HashMap<>();

    /** A table of rows whose paths differ. */
    public AttributeTable(List<Attribute<S>> rows) {
        for (Attribute<S> row : rows) {
            int dot = row.path().indexOf('.');
            if (dot < 0) {
                single.put(row.path(), row);
            } else {
                groups.computeIfAbsent(row.path().substring(0, dot), group -> new HashMap<>())
                        .put(row.path().substring(dot + 1), row);
            }
        }
    }

    /** Whether the value at a path, if there is any, is that of a settled row. */
    public boolean isSettled(PropertyPath path) {
        Attribute<S> row = single.get(path.head());
        Map<String, Attribute<S>> group = groups.get(path.head());
        if (row == null && group != null) {
            if (!path.hasTail()) {
                return false;
            }
            row = group.get(path.segments().get(1));
        }
        return row == null || row.isSettled();
    }

    /**
     * The value at a path in its binary form, or null if it is not known.
     *
     * @throws PropertyFailure if there is something at that path that has no binary form, as a group of attributes
     */
    public byte @Nullable [] find(S source, PropertyPath path) {
        List<String> segments = path.segments();
        Attribute<S> alone = single.get(path.head());
        if (alone != null) {
            return ValueEncoding.encode(ValueEncoding.within(alone.source().apply(source), segments, 1));
        }
        Map<String, Attribute<S>> group = groups.get(path.head());
        if (group == null) {
            return null;
        }
        if (!path.hasTail()) {
            throw PropertyFailure.unencodable(path + " is a group of properties, not a value");
        }
        Attribute<S> row = group.get(segments.get(1));
        return row == null
                ? null
                : ValueEncoding.encode(ValueEncoding.within(row.source().apply(source), segments, 2));
    }
}
