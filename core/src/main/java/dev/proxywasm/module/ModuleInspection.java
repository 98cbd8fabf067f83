package dev.proxywasm.module;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginLoadException;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.internal.inspection.ModuleInspector;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a module is, what it needs, and whether this host can run it. Nothing of the module is run to find out; it is compiled, as for use, by the
 * engine that would run it.
 *
 * @param address where it was found; empty if it was given as bytes
 * @param sizeBytes of the binary
 * @param sha256 the digest by which a plugin may pin it, in hexadecimal; of an image, its manifest
 * @param abiVersion the version of the Proxy-Wasm ABI that it declares; empty if none that is known
 * @param sdk what it was built with, as far as that can be seen; empty if it cannot
 * @param producers the tools that it names itself, such as {@code processed-by rustc 1.80.0}
 * @param imports the functions that it calls, each once, in its order
 * @param callbacks what it offers to a Proxy-Wasm host, by name
 * @param otherExports everything else that it offers, by name
 * @param memory its linear memory; empty if it has none
 * @param tables its tables, such as {@code funcref, 120 elements}
 * @param refusal why this host cannot run it; empty if it can
 */
public record ModuleInspection(
        String address,
        long sizeBytes,
        String sha256,
        Optional<AbiVersion> abiVersion,
        String sdk,
        List<String> producers,
        List<ModuleImport> imports,
        List<String> callbacks,
        List<String> otherExports,
        Optional<MemoryUse> memory,
        List<String> tables,
        Optional<String> refusal) {

    /** Copies the lists. */
    public ModuleInspection {
        producers = List.copyOf(producers);
        imports = List.copyOf(imports);
        callbacks = List.copyOf(callbacks);
        otherExports = List.copyOf(otherExports);
        tables = List.copyOf(tables);
    }

    /**
     * A linear memory.
     *
     * @param imported whether the host has to bring it
     * @param initialBytes its size at first
     * @param maximumBytes how far it may grow; empty if the module sets no bound
     */
    public record MemoryUse(boolean imported, long initialBytes, OptionalLong maximumBytes) {}

    /**
     * Inspects bytes: a binary or text, packed or not, as of a plugin that leaves everything else to the host. Never fails for what they are: then {@link #refusal()} says it.
     */
    public static ModuleInspection of(byte[] module) {
        return ModuleInspector.inspect(module);
    }

    /**
     * Fetches the module of a plugin as a host would, and inspects it for the plugin's engine and limits.
     *
     * @param plugin names the module, how to get it, its engine and limits
     * @param config how modules are fetched; its plugins do not matter
     * @param classLoader where {@code classpath:} modules are found
     * @throws PluginLoadException if there is no such module, or it may not be used
     */
    public static ModuleInspection of(PluginConfig plugin, ProxyWasmConfig config, ClassLoader classLoader) {
        return ModuleInspector.inspect(plugin, config, classLoader);
    }

    /** Whether this host can compile and link it, and knows how to talk to it. */
    public boolean isRunnable() {
        return refusal.isEmpty();
    }

    /** The imports that no Proxy-Wasm host has, or not with that type: a guest is stopped when it calls one. */
    public List<ModuleImport> unknownImports() {
        return imports.stream().filter(imported -> !imported.known()).toList();
    }

    /** What {@code capabilities} of a plugin has to name at least, so that the module can do all that it is able to do. */
    public List<String> capabilities() {
        return Stream.concat(imports.stream().filter(ModuleImport::known).map(ModuleImport::name), callbacks.stream())
                .distinct()
                .toList();
    }

    /** All of it as lines of text, for people. */
    public String report() {
        return new InspectionReport(this).text();
    }
}
