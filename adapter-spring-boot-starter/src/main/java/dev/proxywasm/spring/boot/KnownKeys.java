package dev.proxywasm.spring.boot;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The names of properties that mean something, read off the records. Binding itself finds unknown names too, but not those in objects that
 * stand in a list.
 */
final class KnownKeys {

    static final ConfigurationPropertyName TOP = ConfigurationPropertyName.of(ProxyWasmProperties.PREFIX);

    /** In these, names below the prefix are of others as well: switches of this library and variables of the system. */
    private static final Set<String> SHARED = Set.of(
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);

    /**
     * A name that stops meaning something.
     *
     * @param level the record that has no such key; another class if it has no keys at all
     * @param parent the part of the name that is known
     * @param key the first part that is not
     */
    record Unknown(Class<?> level, ConfigurationPropertyName parent, String key) {}

    private KnownKeys() {}

    /**
     * Refuses properties that mean nothing.
     *
     * @throws UnboundConfigurationPropertiesException with all of them
     */
    static void check(Environment environment) {
        Set<ConfigurationProperty> unknown = new LinkedHashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            names(source)
                    .filter(name -> TOP.isAncestorOf(name) && firstUnknown(name).isPresent())
                    .forEach(name -> unknown.add(source.getConfigurationProperty(name)));
        }
        if (!unknown.isEmpty()) {
            throw new UnboundConfigurationPropertiesException(unknown);
        }
    }

    private static Stream<ConfigurationPropertyName> names(ConfigurationPropertySource source) {
        boolean shared =
                source.getUnderlyingSource() instanceof PropertySource<?> known && SHARED.contains(known.getName());
        return !shared && source instanceof IterableConfigurationPropertySource iterable
                ? iterable.stream()
                : Stream.empty();
    }

    /** Goes down the records as far as the name is known. */
    static Optional<Unknown> firstUnknown(ConfigurationPropertyName name) {
        Class<?> level = ProxyWasmProperties.class;
        for (int i = TOP.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
            String key = name.getElement(i, Form.DASHED);
            RecordComponent known = component(level, key);
            if (known == null) {
                return Optional.of(new Unknown(level, name.chop(i), key));
            }
            level = known.getType();
            if (known.getGenericType() instanceof ParameterizedType collection) {
                level = last(collection.getActualTypeArguments());
                i++; // the index or the name of the member
            }
            if (level == TextOrObject.class || !level.isRecord() && Map.class.isAssignableFrom(known.getType())) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Class<?> last(Type[] arguments) {
        return (Class<?>) arguments[arguments.length - 1];
    }

    private static @Nullable RecordComponent component(Class<?> level, String key) {
        return components(level)
                .filter(component ->
                        uniform(SettingsTree.kebab(component.getName())).equals(uniform(key)))
                .findFirst()
                .orElse(null);
    }

    /** The keys of a record. */
    static Stream<RecordComponent> components(Class<?> level) {
        return level.isRecord() ? Arrays.stream(level.getRecordComponents()) : Stream.empty();
    }

    private static String uniform(String key) {
        return key.replace("-", "");
    }
}
