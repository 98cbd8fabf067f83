package dev.proxywasm.servlet;

import dev.proxywasm.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Properties without MicroProfile Config, from where it would look: system properties, environment variables, then the files
 * {@code META-INF/microprofile-config.properties}.
 */
final class PlainProperties {

    private static final String FILE = "META-INF/microprofile-config.properties";

    private PlainProperties() {}

    static Properties read(ClassLoader classLoader) {
        return of(System.getProperties(), System.getenv(), files(classLoader));
    }

    static Properties of(java.util.Properties system, Map<String, String> environment, java.util.Properties files) {
        Set<String> names = new HashSet<>(system.stringPropertyNames());
        names.addAll(files.stringPropertyNames());
        return new Properties(
                "system properties, environment variables and " + FILE,
                name -> lookup(name, system, environment, files),
                names);
    }

    private static @Nullable String lookup(
            String name, java.util.Properties system, Map<String, String> environment, java.util.Properties files) {
        String value = system.getProperty(name);
        if (value == null) {
            value = environment.get(name);
        }
        String variable = name.replaceAll("[^A-Za-z0-9]", "_");
        if (value == null) {
            value = environment.get(variable);
        }
        if (value == null) {
            value = environment.get(variable.toUpperCase(Locale.ROOT));
        }
        return value == null ? files.getProperty(name) : value;
    }

    private static java.util.Properties files(ClassLoader classLoader) {
        java.util.Properties all = new java.util.Properties();
        try {
            for (URL file : Collections.list(classLoader.getResources(FILE))) {
                load(file).forEach(all::putIfAbsent);
            }
        } catch (IOException e) {
            throw new ConfigurationException("a " + FILE + " on the class path cannot be read: " + e.getMessage(), e);
        }
        return all;
    }

    private static java.util.Properties load(URL file) throws IOException {
        java.util.Properties properties = new java.util.Properties();
        try (InputStream in = file.openStream()) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return properties;
    }
}
