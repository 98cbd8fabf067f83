package dev.proxywasm.servlet;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ProxyWasmConfigReader;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds the configuration of a filter that was given none: the init-params, the properties, {@code /WEB-INF/proxy-wasm.yaml}, then
 * {@code proxy-wasm.yaml} on the class path; the first of these that says something is the whole of it.
 */
final class FilterSettings {

    private static final String CONFIG = "config";
    private static final String MODULE = "module";
    private static final String PREFIX = "proxy-wasm.";
    private static final List<String> DEFAULT_FILES = List.of("/WEB-INF/proxy-wasm.yaml", "classpath:proxy-wasm.yaml");

    private final ServletContext context;
    private final ConfigFile files;

    FilterSettings(ServletContext context) {
        this.context = context;
        this.files = new ConfigFile(context);
    }

    /**
     * The configuration.
     *
     * @throws ConfigurationException if there is none, or it cannot be used
     */
    ProxyWasmConfig read(FilterConfig filter) {
        Map<String, String> parameters = new LinkedHashMap<>();
        filter.getInitParameterNames()
                .asIterator()
                .forEachRemaining(name -> parameters.put(name, filter.getInitParameter(name)));
        ProxyWasmConfig found = parameters.isEmpty() ? find() : fromParameters(filter.getFilterName(), parameters);
        if (found == null) {
            throw new ConfigurationException(
                    "nothing says which plugins to load; set the init-param 'config' to the name of a YAML file,"
                            + " or 'module' to that of a Wasm module, or add a /WEB-INF/proxy-wasm.yaml, or set the property proxy-wasm.plugins");
        }
        return found;
    }

    /** The configuration that does not depend on init-params; null if there is none. */
    @Nullable
    ProxyWasmConfig find() {
        ProxyWasmConfig declared = fromProperties(Properties.present(ApplicationClasses.of(context)));
        if (declared != null) {
            return declared;
        }
        for (String file : DEFAULT_FILES) {
            if (files.exists(file)) {
                return files.read(file);
            }
        }
        return null;
    }

    private ProxyWasmConfig fromParameters(String filter, Map<String, String> parameters) {
        String door = "init-params of filter '" + filter + "'";
        String file = parameters.remove(CONFIG);
        if (file != null && !parameters.isEmpty()) {
            throw new ConfigurationException(door + ": 'config' names a file, so " + parameters.keySet()
                    + " cannot be set beside it; put them into the file");
        }
        if (file != null) {
            return files.read(file.trim());
        }
        parameters.putIfAbsent("name", filter);
        parameters.computeIfPresent(
                MODULE,
                (key, module) -> ConfigFile.isInContext(module)
                        ? files.inFileSystem(module).toString()
                        : module);
        return ProxyWasmConfigReader.plugin(door, parameters, workingDirectory());
    }

    /** Null if the properties name neither plugins nor a file; being switched off is a configuration as well. */
    private @Nullable ProxyWasmConfig fromProperties(Properties properties) {
        List<String> names = StreamSupport.stream(properties.names().spliterator(), false)
                .filter(name -> !name.equals(PREFIX + CONFIG))
                .toList();
        ProxyWasmConfig declared =
                ProxyWasmConfigReader.properties(properties.origin(), properties.lookup(), names, workingDirectory());
        String file = properties.get(PREFIX + CONFIG);
        if (!declared.enabled()) {
            return declared;
        }
        if (file != null && !declared.plugins().isEmpty()) {
            throw new ConfigurationException(properties.origin()
                    + ": proxy-wasm.config and proxy-wasm.plugins are both set; keep the one and remove the other");
        }
        if (file != null) {
            return files.read(file);
        }
        return declared.plugins().isEmpty() ? null : declared;
    }

    private static Path workingDirectory() {
        return Path.of("").toAbsolutePath();
    }
}
