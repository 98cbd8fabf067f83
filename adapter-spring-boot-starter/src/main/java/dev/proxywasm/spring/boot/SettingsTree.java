package dev.proxywasm.spring.boot;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bound properties as the core reads them: objects, lists and values by the names that every door knows. */
final class SettingsTree {

    /** What the core does not know. */
    private static final Set<String> ONLY_HERE = Set.of("config", "configuration-location", "filter", "ssl-bundle");

    private SettingsTree() {}

    /** A record as an object; what is not set is left out. */
    static Map<String, Object> of(Record properties) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (RecordComponent component : properties.getClass().getRecordComponents()) {
            Object value = value(read(component, properties));
            String key = kebab(component.getName());
            if (value != null && !ONLY_HERE.contains(key)) {
                tree.put(key, value);
            }
        }
        return tree;
    }

    private static @Nullable Object read(RecordComponent component, Record properties) {
        try {
            return component.getAccessor().invoke(properties);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("the properties are public records", impossible);
        }
    }

    private static @Nullable Object value(@Nullable Object bound) {
        if (bound instanceof Record properties) {
            return of(properties);
        }
        if (bound instanceof TextOrObject text && text.isEmpty()) {
            return text.text();
        }
        if (bound instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            map.forEach((key, value) -> object.put(String.valueOf(key), value(value)));
            return object;
        }
        if (bound instanceof Collection<?> collection) {
            List<@Nullable Object> list = new ArrayList<>();
            collection.forEach(item -> list.add(value(item)));
            return list;
        }
        if (bound instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return bound instanceof Duration duration ? duration.toString() : bound;
    }

    static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
