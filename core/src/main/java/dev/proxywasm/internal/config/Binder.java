package dev.proxywasm.internal.config;

import dev.proxywasm.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds a mapping by a table of keys. A nested key may be written nested or, as flat doors do, with dots. */
final class Binder<D extends Draft> {

    private final List<Key<D, ?>> keys;
    private final NearestName names;

    Binder(List<Key<D, ?>> keys) {
        this.keys = keys;
        this.names = new NearestName(keys.stream().map(Key::path).toList());
    }

    /**
     * Sets in {@code draft} what {@code root} says, in the order of the table.
     *
     * @throws ConfigurationException for a key that is unknown, missing or written twice, and for a bad value
     */
    void bind(Located root, D draft) {
        Map<String, Located> values = new LinkedHashMap<>();
        collect(root, "", values);
        for (Key<D, ?> key : keys) {
            Located value = values.get(key.path());
            if (value != null) {
                set(key, draft, value);
            } else if (key.isRequired()) {
                throw root.error("'" + key.path() + "' is missing (" + key.meaning() + ")");
            }
        }
    }

    private void set(Key<D, ?> key, D draft, Located value) {
        try {
            key.bind(draft, value);
            draft.check();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(value.setting().origin().at(value.path()) + ": " + e.getMessage(), e);
        }
    }

    private void collect(Located group, String prefix, Map<String, Located> values) {
        if (!(group.setting() instanceof Setting.Mapping mapping)) {
            throw group.unexpected("an object with keys");
        }
        mapping.entries().forEach((name, entry) -> {
            String path = prefix + name;
            Located value = group.child(name, entry.value());
            if (isKey(path)) {
                collectValue(path, value, values);
            } else if (isGroup(path)) {
                collectGroup(path, value, values);
            } else {
                throw unknown(entry.keyOrigin(), group.childPath(name), path);
            }
        });
    }

    private static void collectValue(String path, Located value, Map<String, Located> values) {
        if (value.setting().isNothing()) {
            return;
        }
        @Nullable Located earlier = values.putIfAbsent(path, value);
        if (earlier != null) {
            throw value.error(
                    "written twice, first at " + earlier.setting().origin().at(""));
        }
    }

    private void collectGroup(String path, Located value, Map<String, Located> values) {
        if (!value.setting().isNothing()) {
            collect(value, path + ".", values);
        }
    }

    private boolean isKey(String path) {
        return keys.stream().anyMatch(key -> key.path().equals(path));
    }

    private boolean isGroup(String path) {
        return keys.stream().anyMatch(key -> key.path().startsWith(path + "."));
    }

    private ConfigurationException unknown(Origin origin, String fullPath, String path) {
        return new ConfigurationException(origin.at(fullPath) + ": unknown key; " + names.suggestionFor(path));
    }
}
