package dev.proxywasm.internal.module;

import dev.proxywasm.ModulesConfig;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginLoadException;
import dev.proxywasm.internal.module.archive.EntryChoice;
import dev.proxywasm.internal.module.archive.Unpacker;
import dev.proxywasm.internal.module.http.FetchTiming;
import dev.proxywasm.internal.module.source.ModuleContent;
import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.module.source.ModuleSource;
import dev.proxywasm.internal.module.source.Sha256;
import dev.proxywasm.internal.wasm.ModuleFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Fetches the modules of plugins. Safe for use by several threads. */
public final class ModuleLoader {

    private static final int MAX_BYTES = 256 * 1024 * 1024;

    private final ModuleSources sources;

    /**
     * Fetches nothing yet.
     *
     * @param config how modules on other servers are fetched
     * @param baseDirectory what relative paths are relative to
     * @param classLoader finds {@code classpath:} modules
     */
    public ModuleLoader(ModulesConfig config, Path baseDirectory, ClassLoader classLoader) {
        this(new ModuleSources(
                baseDirectory,
                classLoader,
                () -> RemoteAccess.of(config, baseDirectory, FetchTiming.DEFAULT),
                MAX_BYTES));
    }

    /** With the default way to fetch from other servers. */
    public ModuleLoader(Path baseDirectory, ClassLoader classLoader) {
        this(ModulesConfig.DEFAULT, baseDirectory, classLoader);
    }

    /** With other sources. */
    ModuleLoader(ModuleSources sources) {
        this.sources = sources;
    }

    /**
     * The module of a plugin, up to 256 MiB, unpacked, with the digest that the plugin asks for, translated if it is text.
     *
     * @throws PluginLoadException naming plugin, address and cure
     */
    public LoadedModule load(PluginConfig plugin) {
        String name = plugin.displayedModule();
        try {
            ModuleSource source = sources.sourceOf(plugin);
            name = nameOf(plugin, source);
            return load(plugin, source);
        } catch (ModuleException | IOException e) {
            throw new PluginLoadException(
                    "plugin '" + plugin.name() + "': module " + name + " " + e.getMessage(), e.getCause());
        }
    }

    /** The file that a plugin's module is in, or would be; empty for a module that is in none. */
    public Optional<Path> fileOf(PluginConfig plugin) {
        return sources.fileOf(plugin);
    }

    /** Whether another module may be at a plugin's address from one moment to the next, so that its server has to be asked. */
    public boolean isMoving(PluginConfig plugin) {
        try {
            return sources.sourceOf(plugin).isMoving();
        } catch (ModuleException leadsNowhere) {
            return false;
        }
    }

    /** From a source that the address leads to. */
    private static LoadedModule load(PluginConfig plugin, ModuleSource source) throws ModuleException, IOException {
        ModuleContent content = source.fetch();
        String place = source.place().isEmpty() ? plugin.displayedModule() : source.place();
        return new LoadedModule(binary(content.bytes()), content.sha256(), place);
    }

    /**
     * Does to bytes from elsewhere what is done to those of a source.
     *
     * @throws ModuleException if they are no module
     */
    public static LoadedModule unpack(byte[] bytes) throws ModuleException {
        byte[] module = new Unpacker(MAX_BYTES).unpack(bytes, EntryChoice.FIRST_FILE);
        return new LoadedModule(binary(module), Sha256.of(module), "");
    }

    private static String nameOf(PluginConfig plugin, ModuleSource source) {
        boolean saysAll = source.place().isEmpty() || source.place().equals(plugin.module());
        return plugin.displayedModule() + (saysAll ? "" : " (looked for at " + source.place() + ")");
    }

    private static byte[] binary(byte[] module) throws ModuleException {
        return ModuleFormat.of(module) == ModuleFormat.TEXT ? WebAssemblyText.translate(module) : module;
    }
}
