package dev.proxywasm.spring.boot;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ProxyWasmConfigReader;
import dev.proxywasm.TlsFiles;
import dev.proxywasm.UpstreamConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/** Makes the configuration of the host from properties that hold it themselves; for one reading. */
final class ConfigFromProperties {

    private static final int MOST_BYTES = 1024 * 1024;

    private final ProxyWasmProperties properties;
    private final RawProperties raw;
    private final ResourceLoader resources;
    private final UpstreamBundles bundles;
    private final List<Path> files = new ArrayList<>();

    ConfigFromProperties(
            ProxyWasmProperties properties,
            ConfigurableEnvironment environment,
            ResourceLoader resources,
            UpstreamBundles bundles) {
        this.properties = properties;
        this.bundles = bundles;
        this.raw = new RawProperties(environment);
        this.resources = resources;
    }

    /**
     * The configuration.
     *
     * @throws ConfigurationException naming the property, what was found and what was expected
     */
    ProxyWasmConfig read() {
        Map<String, Object> tree = tree();
        Path workingDirectory = Path.of("").toAbsolutePath();
        ProxyWasmConfig config = ProxyWasmConfigReader.tree(
                ConfigSource.ORIGIN, ProxyWasmProperties.PREFIX, tree, workingDirectory, files);
        return config.withUpstreams(secured(config.upstreams()));
    }

    private Map<String, UpstreamConfig> secured(Map<String, UpstreamConfig> upstreams) {
        Map<String, UpstreamConfig> secured = new LinkedHashMap<>(upstreams);
        properties.upstreams().forEach((bound, upstream) -> {
            String bundle = upstream.sslBundle();
            if (bundle != null) {
                String key = ProxyWasmProperties.PREFIX + ".upstreams" + element(bound) + ".ssl-bundle";
                secured.computeIfPresent(asWritten(bound), (name, plain) -> secured(plain, bundle, key));
            }
        });
        return secured;
    }

    private static String element(String name) {
        return name.matches("[a-z0-9-]+") ? "." + name : "[" + name + "]";
    }

    private UpstreamConfig secured(UpstreamConfig upstream, String bundle, String key) {
        if (!upstream.isSecure()) {
            throw new ConfigurationException(
                    ConfigSource.ORIGIN + ": " + key + ": is for calls through TLS, but the uri is " + upstream.uri()
                            + "; write https there, or remove ssl-bundle");
        }
        if (!upstream.tlsFiles().equals(TlsFiles.NONE)) {
            throw new ConfigurationException(ConfigSource.ORIGIN + ": " + key
                    + ": cannot be set beside 'tls'; keep the one and remove the other");
        }
        return upstream.withTls(bundles.named(bundle, key));
    }

    private Map<String, Object> tree() {
        Map<String, Object> tree = SettingsTree.of(properties);
        tree.put("upstreams", upstreams());
        if (properties.node() != null && tree.get("node") instanceof Map<?, ?> node) {
            tree.put("node", with(node, "metadata", raw.below(ProxyWasmProperties.PREFIX + ".node.metadata")));
        }
        if (properties.istio() != null && tree.get("istio") instanceof Map<?, ?> istio) {
            Map<String, Object> labels = raw.below(ProxyWasmProperties.PREFIX + ".istio.labels");
            tree.put("istio", with(istio, "labels", RawProperties.texts(labels)));
        }
        tree.put("plugins", plugins((List<?>) tree.getOrDefault("plugins", List.of())));
        return tree;
    }

    private List<Object> plugins(List<?> bound) {
        List<Object> plugins = new ArrayList<>();
        for (int i = 0; i < bound.size(); i++) {
            plugins.add(plugin(i, (Map<?, ?>) bound.get(i), properties.plugins().get(i)));
        }
        return plugins;
    }

    private Map<String, Object> plugin(int index, Map<?, ?> bound, ProxyWasmProperties.Plugin plugin) {
        Map<String, Object> tree = with(bound, "configuration", raw.ofPlugin(index, "configuration"));
        if (tree.get("vm") instanceof Map<?, ?> vm) {
            Map<String, Object> known = with(vm, "configuration", raw.ofPlugin(index, "vm", "configuration"));
            Object variables = raw.ofPlugin(index, "vm", "environment");
            tree.put("vm", with(known, "environment", RawProperties.texts(variables)));
        }
        tree.put("overrides", overrides(index, (List<?>) tree.getOrDefault("overrides", List.of())));
        String location = plugin.configurationLocation();
        if (location != null) {
            String key = ProxyWasmProperties.PREFIX + ".plugins[" + index + "].configuration-location";
            if (plugin.configuration() != null) {
                throw new ConfigurationException(ConfigSource.ORIGIN + ": " + key
                        + ": cannot be set beside 'configuration'; keep the one and remove the other");
            }
            tree.put("configuration", text(key, location));
        }
        return tree;
    }

    private List<Object> overrides(int plugin, List<?> bound) {
        List<Object> overrides = new ArrayList<>();
        for (int i = 0; i < bound.size(); i++) {
            Object written = raw.ofPlugin(plugin, "overrides", "[" + i + "]", "configuration");
            overrides.add(with((Map<?, ?>) bound.get(i), "configuration", written));
        }
        return overrides;
    }

    private Map<String, Object> upstreams() {
        Map<String, Object> upstreams = new LinkedHashMap<>();
        properties.upstreams().forEach((bound, upstream) -> upstreams.put(asWritten(bound), SettingsTree.of(upstream)));
        return upstreams;
    }

    /** The name of an upstream before binding took its punctuation: a plugin asks for exactly that. */
    private String asWritten(String bound) {
        return raw.below(ProxyWasmProperties.PREFIX + ".upstreams").keySet().stream()
                .filter(candidate -> RawProperties.uniform(candidate).equals(RawProperties.uniform(bound)))
                .findFirst()
                .orElse(bound);
    }

    private static Map<String, Object> with(Map<?, ?> bound, String key, @Nullable Object written) {
        Map<String, Object> tree = new LinkedHashMap<>();
        bound.forEach((name, value) -> tree.put(String.valueOf(name), value));
        if (written != null) {
            tree.put(key, written);
        }
        return tree;
    }

    private String text(String key, String location) {
        Resource resource = resources.getResource(location);
        try (InputStream in = resource.getInputStream()) {
            if (resource.isFile()) {
                files.add(resource.getFile().toPath().toAbsolutePath());
            }
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new ConfigurationException(ConfigSource.ORIGIN + ": " + key + ": " + location
                        + " is larger than 1 MiB; a configuration is not that large");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw ConfigSource.unreadable(key, location, unreadable);
        }
    }
}
