package dev.proxywasm.servlet;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The server's MicroProfile Config; the only class that names its API, which may be absent. */
final class MicroProfileProperties {

    private MicroProfileProperties() {}

    /** Null if there is the API but no implementation. */
    static @Nullable Properties find(ClassLoader classLoader) {
        Config config;
        try {
            config = ConfigProvider.getConfig(classLoader);
        } catch (IllegalStateException noImplementation) {
            return null;
        }
        return new Properties(
                "MicroProfile Config",
                name -> config.getOptionalValue(name, String.class).orElse(null),
                config.getPropertyNames());
    }
}
