package dev.proxywasm.servlet;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Properties from somewhere.
 *
 * @param origin names the place in messages
 * @param lookup the value of a name; null if there is none
 * @param names all names that can be listed, of whatever prefix
 */
record Properties(String origin, Function<String, @Nullable String> lookup, Iterable<String> names) {

    /** From the server's MicroProfile Config, if it has one; otherwise from where that would look. */
    static Properties present(ClassLoader classLoader) {
        Properties microProfile = null;
        try {
            microProfile = MicroProfileProperties.find(classLoader);
        } catch (NoClassDefFoundError absent) {
            // The server has no MicroProfile Config API: it is optional.
        }
        return microProfile == null ? PlainProperties.read(classLoader) : microProfile;
    }

    @Nullable
    String get(String name) {
        String value = lookup.apply(name);
        return value == null || value.isBlank() ? null : value.trim();
    }
}
