package dev.proxywasm;

import dev.proxywasm.internal.config.ConfigBinding;
import dev.proxywasm.internal.config.FlatSettings;
import dev.proxywasm.internal.config.TreeSettings;
import dev.proxywasm.internal.config.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link ProxyWasmConfig} from where it is written: a YAML file, properties, or the parameters of one plugin.
 *
 * <p>All doors know the same keys, in kebab-case, with the same defaults. Durations are written {@code 500ms}, {@code 1s}, {@code 2m} or as
 * in ISO 8601; sizes {@code 256MiB}, {@code 1MB}, {@code 64KiB} or in bytes. What cannot be used is refused with a
 * {@link ConfigurationException} that names the place, what was found and what was expected. Modules and files of TLS are not looked at
 * yet.
 */
public final class ProxyWasmConfigReader {

    private ProxyWasmConfigReader() {}

    /**
     * Reads a YAML file, up to 1 MiB; relative module paths are relative to its directory.
     *
     * @throws ConfigurationException if the file cannot be read or used
     */
    public static ProxyWasmConfig yaml(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path directory = absolute.getParent();
        return ConfigBinding.bind(YamlDocument.read(file), directory == null ? absolute : directory, List.of(absolute));
    }

    /**
     * Reads a YAML document, up to 1 MiB.
     *
     * @param name names the document in messages
     * @param in read to its end, and not closed
     * @param baseDirectory what relative paths of modules and files of TLS are relative to
     * @throws ConfigurationException if the document cannot be read or used
     */
    public static ProxyWasmConfig yaml(String name, InputStream in, Path baseDirectory) {
        try {
            return ConfigBinding.bind(YamlDocument.read(name, in), baseDirectory, List.of());
        } catch (IOException e) {
            throw new ConfigurationException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads properties, such as MicroProfile Config or system properties: {@code proxy-wasm.enabled}, {@code proxy-wasm.plugins} (names,
     * separated by commas, in the order of declaration) and {@code proxy-wasm.plugin.<name>.<key>}, where nested keys have dots
     * ({@code limits.memory}), lists have commas and {@code vm.environment} is {@code NAME=value,NAME2=value2}. A backslash before a comma
     * makes it part of the value. Upstreams likewise: {@code proxy-wasm.upstreams} and {@code proxy-wasm.upstream.<name>.<key>}. A blank
     * value counts as absent. Mistyped names are not seen: see the other method.
     *
     * @param origin names the door in messages
     * @param lookup the value of a name; null if there is none
     * @param baseDirectory what relative paths of modules and files of TLS are relative to
     * @throws ConfigurationException if a value cannot be used
     */
    public static ProxyWasmConfig properties(
            String origin, Function<String, @Nullable String> lookup, Path baseDirectory) {
        return ConfigBinding.bind(new FlatSettings(origin, lookup).read(), baseDirectory, List.of());
    }

    /**
     * Reads properties, and refuses names that begin with {@code proxy-wasm.} and mean nothing.
     *
     * @param names every name that the door has, of whatever prefix
     * @throws ConfigurationException if a name is unknown, or a value cannot be used
     */
    public static ProxyWasmConfig properties(
            String origin, Function<String, @Nullable String> lookup, Iterable<String> names, Path baseDirectory) {
        FlatSettings settings = new FlatSettings(origin, lookup);
        settings.requireKnown(names);
        return ConfigBinding.bind(settings.read(), baseDirectory, List.of());
    }

    /**
     * Reads what another reader has read already: objects as maps, lists, and values as texts, numbers or flags. A null counts as absent.
     *
     * @param origin names the door in messages
     * @param name what the door calls the tree, for messages that name a key
     * @param tree the keys of the whole configuration
     * @param baseDirectory what relative paths of modules and files of TLS are relative to
     * @param files what the tree was read from, absolute, to be watched
     * @throws ConfigurationException if a key is unknown or missing, or a value cannot be used
     */
    public static ProxyWasmConfig tree(
            String origin, String name, Map<String, ?> tree, Path baseDirectory, List<Path> files) {
        return ConfigBinding.bind(TreeSettings.of(origin, name, tree), baseDirectory, files);
    }

    /**
     * Reads a configuration of one plugin from the bare names of its keys, such as {@code name}, {@code module} and {@code limits.memory}.
     * Values are written as for properties.
     *
     * @param origin names the door in messages
     * @throws ConfigurationException if a key is unknown or missing, or a value cannot be used
     */
    public static ProxyWasmConfig plugin(String origin, Map<String, String> parameters, Path baseDirectory) {
        FlatSettings settings = new FlatSettings(origin, parameters::get);
        return ConfigBinding.bind(settings.readPlugin(parameters.keySet()), baseDirectory, List.of());
    }
}
