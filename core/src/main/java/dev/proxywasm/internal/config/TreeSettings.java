package dev.proxywasm.internal.config;

import dev.proxywasm.internal.config.Setting.Entry;
import dev.proxywasm.internal.config.Setting.Kind;
import dev.proxywasm.internal.config.Setting.Mapping;
import dev.proxywasm.internal.config.Setting.Scalar;
import dev.proxywasm.internal.config.Setting.Sequence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings of a door that has read them itself: maps, lists, and values that know what they are. */
public final class TreeSettings {

    private static final Set<Class<?>> WHOLE =
            Set.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class);

    private final String door;

    private TreeSettings(String door) {
        this.door = door;
    }

    /**
     * The settings of a tree.
     *
     * @param door names the door in messages
     * @param name what the door calls the tree
     */
    public static Setting of(String door, String name, Map<?, ?> tree) {
        return new TreeSettings(door).setting(name, tree);
    }

    private Setting setting(String name, @Nullable Object value) {
        Origin origin = new Origin.Named(door, name);
        if (value instanceof Map<?, ?> map) {
            Map<String, Entry> entries = new LinkedHashMap<>();
            map.forEach((key, child) -> {
                Setting setting = setting(name + "." + key, child);
                entries.put(String.valueOf(key), new Entry(setting.origin(), setting));
            });
            return new Mapping(origin, entries);
        }
        if (value instanceof Iterable<?> items) {
            List<Setting> list = new ArrayList<>();
            items.forEach(item -> list.add(setting(name + "[" + list.size() + "]", item)));
            return new Sequence(origin, list);
        }
        return new Scalar(origin, String.valueOf(value), kind(value));
    }

    private static Kind kind(@Nullable Object value) {
        if (value == null) {
            return Kind.NOTHING;
        }
        if (value instanceof Boolean) {
            return Kind.FLAG;
        }
        if (value instanceof Number) {
            return WHOLE.contains(value.getClass()) ? Kind.INTEGER : Kind.DECIMAL;
        }
        return Kind.TEXT;
    }
}
