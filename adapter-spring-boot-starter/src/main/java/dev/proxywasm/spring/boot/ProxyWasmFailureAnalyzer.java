package dev.proxywasm.spring.boot;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.PluginLoadException;
import dev.proxywasm.ProxyWasmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Explains why the host did not start: which property is to be corrected, where it was written, and how. */
final class ProxyWasmFailureAnalyzer extends AbstractFailureAnalyzer<ProxyWasmException> {

    private static final Pattern PLUGIN = Pattern.compile("^plugin '(.*?)'");
    private static final Pattern UPSTREAM = Pattern.compile("^upstream '(.*?)': (tls\\.[a-z-]+): ");
    private static final Pattern PROPERTY = Pattern.compile(": (proxy-wasm\\.[^\\s:]+): ");

    private final Environment environment;

    ProxyWasmFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ProxyWasmException cause) {
        String message = String.valueOf(cause.getMessage());
        String key = cause instanceof ConfigurationException ? propertyIn(message) : propertyOf(cause, message);
        String action = key == null
                ? "Correct what the message names; docs/CONFIGURATION.md has the keys and their values."
                : actionFor(key, message);
        return new FailureAnalysis("Proxy-Wasm did not start: " + message, action, cause);
    }

    private @Nullable String propertyIn(String message) {
        Matcher named = PROPERTY.matcher(message);
        return named.find() ? named.group(1) : propertyOfUpstream(message);
    }

    /** Null likewise. */
    private @Nullable String propertyOfUpstream(String message) {
        Matcher upstream = UPSTREAM.matcher(message);
        if (!upstream.find()) {
            return null;
        }
        String key = ProxyWasmProperties.PREFIX + ".upstreams." + upstream.group(1) + "." + upstream.group(2);
        return property(key) == null ? null : key;
    }

    private @Nullable String propertyOf(ProxyWasmException cause, String message) {
        Matcher plugin = PLUGIN.matcher(message);
        String prefix = plugin.find() ? prefixOf(plugin.group(1)) : null;
        if (prefix == null) {
            return null;
        }
        if (!(cause instanceof PluginLoadException)) {
            return prefix + "configuration";
        }
        return prefix + (message.contains(" has sha256 ") ? "sha256" : "module");
    }

    /** Null if the plugin is not of these properties, but of a YAML file or of a bean. */
    private @Nullable String prefixOf(String plugin) {
        for (int i = 0; ; i++) {
            String prefix = ProxyWasmProperties.PREFIX + ".plugins[" + i + "].";
            ConfigurationProperty name = property(prefix + "name");
            if (name == null) {
                return null;
            }
            if (plugin.equals(environment.resolvePlaceholders(String.valueOf(name.getValue())))) {
                return prefix;
            }
        }
    }

    private String actionFor(String key, String message) {
        ConfigurationProperty property = property(key);
        String origin = property == null || property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
        String place = "'" + key + "'" + origin;
        if (key.endsWith(".sha256")) {
            return "If the module that was found is the one that is meant, set " + place
                    + " to its digest, which the message names; otherwise correct the module.";
        }
        if (message.contains("ABI version")) {
            return "Name a module in " + place
                    + " that was built with a Proxy-Wasm SDK, for ABI version 0.1.0, 0.2.0 or 0.2.1.";
        }
        if (key.endsWith(".module")) {
            return "Correct " + place
                    + ": classpath:filters/name.wasm for a module in src/main/resources/filters, file:/path/name.wasm for"
                    + " one in the file system.";
        }
        if (key.endsWith(".ssl-bundle")) {
            return "Correct " + place + ", or the bundle: spring.ssl.bundle.pem.<name> has one of PEM files,"
                    + " spring.ssl.bundle.jks.<name> one of key stores.";
        }
        if (key.endsWith("].configuration")) {
            return "Correct " + place + "; what the plugin wants in it, its log says.";
        }
        return "Correct " + place + ".";
    }

    private @Nullable ConfigurationProperty property(String key) {
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return property;
            }
        }
        return null;
    }
}
