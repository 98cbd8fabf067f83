package dev.proxywasm.spring.boot;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ProxyWasmConfigReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/** Reads the configuration of the host at the start, and again at each reload: from the properties as they are by then, or their file. */
final class ConfigSource implements Supplier<ProxyWasmConfig> {

    static final String ORIGIN = "application properties";

    private final ConfigurableEnvironment environment;
    private final ResourceLoader resources;
    private final UpstreamBundles bundles;

    ConfigSource(ConfigurableEnvironment environment, ResourceLoader resources, SslBundles bundles) {
        this.environment = environment;
        this.resources = resources;
        this.bundles = new UpstreamBundles(bundles);
    }

    /**
     * The configuration.
     *
     * @throws ConfigurationException naming the property, what was found and what was expected
     * @throws UnboundConfigurationPropertiesException for properties that mean nothing
     * @throws BindException for one that is not of its type
     */
    @Override
    public ProxyWasmConfig get() {
        KnownKeys.check(environment);
        ProxyWasmProperties properties =
                Binder.get(environment).bindOrCreate(ProxyWasmProperties.PREFIX, ProxyWasmProperties.class);
        String file = properties.config();
        if (file == null) {
            return new ConfigFromProperties(properties, environment, resources, bundles).read();
        }
        requireNothingBeside(properties);
        return readFile(file);
    }

    private static void requireNothingBeside(ProxyWasmProperties properties) {
        Set<String> beside = new TreeSet<>();
        SettingsTree.of(properties).forEach((key, value) -> {
            boolean isUnset = value.equals(false) || value.equals(List.of()) || value.equals(Map.of());
            if (!isUnset && !key.equals("enabled")) {
                beside.add(key);
            }
        });
        if (!beside.isEmpty()) {
            throw new ConfigurationException(ORIGIN + ": " + ProxyWasmProperties.PREFIX + ".config: names a file, so "
                    + String.join(", ", beside) + " cannot be set beside it; put them into the file");
        }
    }

    private ProxyWasmConfig readFile(String location) {
        Resource resource = resources.getResource(location);
        try {
            if (resource.isFile() && resource.exists()) {
                return ProxyWasmConfigReader.yaml(resource.getFile().toPath());
            }
            try (InputStream in = resource.getInputStream()) {
                return ProxyWasmConfigReader.yaml(location, in, Path.of("").toAbsolutePath());
            }
        } catch (IOException unreadable) {
            throw unreadable(ProxyWasmProperties.PREFIX + ".config", location, unreadable);
        }
    }

    static ConfigurationException unreadable(String key, String location, IOException cause) {
        return new ConfigurationException(
                ORIGIN + ": " + key + ": " + location + " cannot be read: " + cause.getMessage()
                        + "; correct the location, or create the file",
                cause);
    }
}
