package dev.proxywasm.spring.boot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Properties as they were written: with underscores and dots in names, with numbers and flags that are none of text, with lists. Binding
 * takes these away, which does no harm to keys that are known, but to those that are a user's own.
 */
final class RawProperties {

    private static final String PLUGINS = ProxyWasmProperties.PREFIX + ".plugins";

    private final ConfigurableEnvironment environment;
    private final Map<String, Object> plugins;

    RawProperties(ConfigurableEnvironment environment) {
        this.environment = environment;
        // As in binding, a list comes from one source as a whole.
        this.plugins = sources()
                .map(source -> read(Stream.of(source), PLUGINS))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(Map.of());
    }

    /** An object or list of the plugin at that place; null if there is none. */
    @Nullable
    Object ofPlugin(int index, String... path) {
        Object found = plugins.get("[" + index + "]");
        for (String key : path) {
            found = found instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return found instanceof Map<?, ?> object ? withLists(object) : null;
    }

    /** What stands below a name, as an object; sources that come first win. */
    Map<String, Object> below(String name) {
        Map<String, Object> object = new LinkedHashMap<>();
        read(sources(), name).forEach((key, value) -> object.put(plain(key), listsIn(value)));
        return object;
    }

    /** An object of texts, with dots in names where there are objects in it; null stays null, and nothing counts as null. */
    static @Nullable Map<String, Object> texts(@Nullable Object object) {
        Map<String, Object> texts = new LinkedHashMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> flatten(String.valueOf(key), value, texts));
        }
        return texts.isEmpty() ? null : texts;
    }

    private static void flatten(String name, @Nullable Object value, Map<String, Object> texts) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> flatten(name + "." + key, inner, texts));
        } else {
            texts.put(name, String.valueOf(value));
        }
    }

    private Stream<EnumerablePropertySource<?>> sources() {
        return environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .map(source -> (EnumerablePropertySource<?>) source);
    }

    private Map<String, Object> read(Stream<EnumerablePropertySource<?>> sources, String name) {
        Map<String, Object> tree = new LinkedHashMap<>();
        List<String> wanted = elements(name);
        sources.forEach(source -> {
            for (String property : source.getPropertyNames()) {
                List<String> elements = elements(property);
                if (elements.size() > wanted.size() && startsWith(elements, wanted)) {
                    put(tree, elements.subList(wanted.size(), elements.size()), resolved(source.getProperty(property)));
                }
            }
        });
        return tree;
    }

    private @Nullable Object resolved(@Nullable Object value) {
        return value instanceof CharSequence text ? environment.resolvePlaceholders(text.toString()) : value;
    }

    private static void put(Map<String, Object> tree, List<String> path, @Nullable Object value) {
        Map<String, Object> parent = tree;
        for (String key : path.subList(0, path.size() - 1)) {
            parent = child(parent, key);
        }
        if (value != null) {
            parent.putIfAbsent(path.get(path.size() - 1), value);
        }
    }

    @SuppressWarnings("unchecked") // maps of this tree were all made here
    private static Map<String, Object> child(Map<String, Object> parent, String key) {
        Object known = parent.computeIfAbsent(key, none -> new LinkedHashMap<String, Object>());
        return known instanceof Map<?, ?> map ? (Map<String, Object>) map : new LinkedHashMap<>();
    }

    private static boolean startsWith(List<String> elements, List<String> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!uniform(elements.get(i)).equals(uniform(wanted.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** How binding compares names. */
    static String uniform(String element) {
        return ConfigurationPropertyName.adapt(element.replace("_", "").replace("-", ""), '.')
                .toString();
    }

    /** The parts of a name, those in brackets with them: {@code a.b[0].c} is {@code a}, {@code b}, {@code [0]}, {@code c}. */
    private static List<String> elements(String name) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean bracket = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!bracket && (c == '.' || c == '[')) {
                end(element, elements);
            }
            if (bracket || c != '.') {
                element.append(c);
            }
            bracket = c == '[' || bracket && c != ']';
        }
        end(element, elements);
        return elements;
    }

    private static void end(StringBuilder element, List<String> elements) {
        if (!element.isEmpty()) {
            elements.add(element.toString());
            element.setLength(0);
        }
    }

    private static @Nullable Object listsIn(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? withLists(map) : value;
    }

    /** Maps whose keys are {@code [0]}, {@code [1]} and so on, as lists. */
    private static Object withLists(Map<?, ?> map) {
        if (!map.isEmpty()
                && map.keySet().stream().allMatch(key -> String.valueOf(key).matches("\\[\\d+]"))) {
            List<@Nullable Object> list = new ArrayList<>();
            map.values().forEach(value -> list.add(listsIn(value)));
            return list;
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        map.forEach((key, value) -> object.put(plain(String.valueOf(key)), listsIn(value)));
        return object;
    }

    private static String plain(String key) {
        return key.startsWith("[") && key.endsWith("]") ? key.substring(1, key.length() - 1) : key;
    }
}
