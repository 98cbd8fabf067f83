package dev.proxywasm.internal.inspection;

import dev.proxywasm.Engine;
import dev.proxywasm.Limits;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.internal.callback.GuestExports;
import dev.proxywasm.internal.callback.UnsupportedGuestException;
import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.choice.Engines;
import dev.proxywasm.internal.hostcall.LinkedHostcalls;
import dev.proxywasm.internal.module.LoadedModule;
import dev.proxywasm.internal.module.ModuleLoader;
import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.module.source.Sha256;
import dev.proxywasm.internal.wasm.Export;
import dev.proxywasm.internal.wasm.Import;
import dev.proxywasm.internal.wasm.MalformedModuleException;
import dev.proxywasm.internal.wasm.MemoryType;
import dev.proxywasm.internal.wasm.ModuleInfo;
import dev.proxywasm.internal.wasm.ModuleReader;
import dev.proxywasm.internal.wasm.Producer;
import dev.proxywasm.internal.wasm.TableType;
import dev.proxywasm.module.ModuleImport;
import dev.proxywasm.module.ModuleInspection;
import dev.proxywasm.module.ModuleInspection.MemoryUse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Inspects modules: reads them, and then goes the way of a plugin's module, on the engine that would run it, up to where a guest would run. */
public final class ModuleInspector {

    private static final int TABLE_ELEMENTS = 1_000_000;

    private ModuleInspector() {}

    /** The module of a plugin, fetched as it is configured. */
    public static ModuleInspection inspect(PluginConfig plugin, ProxyWasmConfig config, ClassLoader classLoader) {
        LoadedModule module = new ModuleLoader(config.modules(), config.baseDirectory(), classLoader).load(plugin);
        return inspect(module, plugin.engine(), plugin.limits());
    }

    /** Bytes, packed or text perhaps. */
    public static ModuleInspection inspect(byte[] bytes) {
        try {
            LoadedModule module = ModuleLoader.unpack(bytes);
            return inspect(module, Engine.AUTO, Limits.DEFAULT);
        } catch (ModuleException e) {
            return refused("", Sha256.of(bytes), bytes.length, "it " + e.getMessage());
        }
    }

    private static ModuleInspection inspect(LoadedModule module, Engine engine, Limits limits) {
        String address = module.address();
        String sha256 = module.sha256();
        byte[] binary = module.binary();
        try {
            ModuleInfo info = ModuleReader.read(binary);
            List<Producer> producers = Producer.of(binary);
            return new ModuleInspection(
                    address,
                    binary.length,
                    sha256,
                    version(info),
                    Toolchain.of(info, producers),
                    producers.stream().map(Producer::toString).toList(),
                    imports(info),
                    exports(info).filter(GuestExports.ENTRY_POINTS::contains).toList(),
                    exports(info)
                            .filter(name -> !GuestExports.ENTRY_POINTS.contains(name))
                            .toList(),
                    memory(info),
                    tables(info),
                    refusal(info, binary, engine, limits));
        } catch (MalformedModuleException e) {
            return refused(address, sha256, binary.length, String.valueOf(e.getMessage()));
        }
    }

    private static ModuleInspection refused(String address, String sha256, int size, String reason) {
        return new ModuleInspection(
                address,
                size,
                sha256,
                Optional.empty(),
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.of(reason));
    }

    private static Optional<AbiVersion> version(ModuleInfo info) {
        return exports(info).flatMap(name -> AbiVersion.ofMarker(name).stream()).findFirst();
    }

    private static Stream<String> exports(ModuleInfo info) {
        return info.exports().stream().map(Export::name);
    }

    private static List<ModuleImport> imports(ModuleInfo info) {
        return info.importedFunctions().stream()
                .map(imported -> new ModuleImport(
                        imported.module(),
                        imported.name(),
                        imported.type().toString(),
                        LinkedHostcalls.isKnown(imported)))
                .distinct()
                .toList();
    }

    private static Optional<MemoryUse> memory(ModuleInfo info) {
        Optional<MemoryType> imported = info.importedMemory();
        return imported.or(() -> info.memories().stream().findFirst())
                .map(memory -> new MemoryUse(
                        imported.isPresent(),
                        memory.limits().minimum() * MemoryType.PAGE_BYTES,
                        memory.limits().maximum().isPresent()
                                ? OptionalLong.of(memory.limits().maximum().getAsLong() * MemoryType.PAGE_BYTES)
                                : OptionalLong.empty()));
    }

    private static List<String> tables(ModuleInfo info) {
        Stream<TableType> imported = info.imports().stream()
                .map(Import::type)
                .filter(TableType.class::isInstance)
                .map(TableType.class::cast);
        return Stream.concat(imported, info.tables().stream())
                .map(table ->
                        table.elementType().watName() + ", " + table.limits().minimum() + " elements")
                .toList();
    }

    /** Why it cannot run: the first reason that a plugin would meet too. */
    private static Optional<String> refusal(ModuleInfo info, byte[] binary, Engine engine, Limits limits) {
        try (Engines engines = new Engines()) {
            GuestExports.of(info, Set.of());
            ModuleLimits within = new ModuleLimits(limits.memoryBytes(), TABLE_ELEMENTS);
            engines.of(engine, null).compile("inspected", binary, within).close();
            return Optional.empty();
        } catch (UnsupportedGuestException e) {
            return Optional.of("the module " + e.getMessage());
        } catch (EngineException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
