package dev.proxywasm.module;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxywasm.Engine;
import dev.proxywasm.Limits;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginLoadException;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.module.ModuleInspection.MemoryUse;
import dev.proxywasm.testing.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleInspectionTest {

    private static final String GUEST =
            """
            (module
              (import "env" "proxy_log" (func (param i32 i32 i32) (result i32)))
              (import "env" "proxy_get_current_time_nanoseconds" (func (param i64) (result i32)))
              (import "env" "proxy_make_coffee" (func (param i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
              (memory (export "memory") 2 16)
              (table 3 funcref)
              (func (export "proxy_abi_version_0_2_0"))
              (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
              (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32) (i32.const 0))
              (func (export "helper")))
            """;

    @Test
    void tellsWhatAModuleIsAndNeeds() {
        ModuleInspection module = ModuleInspection.of(GUEST.getBytes(UTF_8));
        assertThat(module.isRunnable()).isTrue();
        assertThat(module.abiVersion()).contains(AbiVersion.V0_2_0);
        assertThat(module.imports())
                .containsExactly(
                        new ModuleImport("env", "proxy_log", "(i32, i32, i32) -> (i32)", true),
                        new ModuleImport("env", "proxy_get_current_time_nanoseconds", "(i64) -> (i32)", false),
                        new ModuleImport("env", "proxy_make_coffee", "(i32) -> ()", false),
                        new ModuleImport("wasi_snapshot_preview1", "proc_exit", "(i32) -> ()", true));
        assertThat(module.unknownImports())
                .extracting(ModuleImport::name)
                .containsExactly("proxy_get_current_time_nanoseconds", "proxy_make_coffee");
        assertThat(module.callbacks()).containsExactly("proxy_on_request_headers");
        assertThat(module.otherExports())
                .containsExactly("memory", "proxy_abi_version_0_2_0", "proxy_on_memory_allocate", "helper");
        assertThat(module.memory()).contains(new MemoryUse(false, 131_072, OptionalLong.of(1 << 20)));
        assertThat(module.tables()).containsExactly("funcref, 3 elements");
        assertThat(module.capabilities()).containsExactly("proxy_log", "proc_exit", "proxy_on_request_headers");
        assertThat(module.sdk()).isEmpty();
    }

    @Test
    void reportsForPeople() {
        ModuleInspection module = ModuleInspection.of(GUEST.getBytes(UTF_8));
        assertThat(module.report())
                .isEqualTo(
                        """
                        runs here      yes
                        but            it is stopped when it calls what no Proxy-Wasm host has:
                                       env.proxy_get_current_time_nanoseconds (i64) -> (i32), env.proxy_make_coffee (i32) ->
                                       ()
                        size           %d bytes
                        sha256         %s
                        ABI version    0.2.0
                        memory         0.1 MiB at first, at most 1.0 MiB
                        tables         funcref, 3 elements
                        callbacks      proxy_on_request_headers
                        other exports  memory, proxy_abi_version_0_2_0, proxy_on_memory_allocate, helper
                        imports env    proxy_log, proxy_get_current_time_nanoseconds, proxy_make_coffee
                        imports wasi   proc_exit
                        capabilities   proxy_log, proc_exit, proxy_on_request_headers
                        """
                                .formatted(module.sizeBytes(), module.sha256()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            hello                                                             | it is of no known format; expected a WebAssembly binary or text
            <html>                                                            | it is an HTML page: look at what the address answers in a browser
            (module)                                                          | the module declares no Proxy-Wasm ABI version; it must export one of proxy_abi_version_0_1_0, proxy_abi_version_0_2_0, proxy_abi_version_0_2_1
            (module (func (export "proxy_abi_version_0_2_1")))                | the module has no memory; a Proxy-Wasm module exports one as 'memory' or imports env.memory
            (module (func (export "proxy_abi_version_0_2_1")) (memory (export "memory") 1)) | the module exports no allocator; a Proxy-Wasm module exports proxy_on_memory_allocate or malloc, of type (i32) -> (i32)
            """)
    void saysWhyAModuleCannotRun(String text, String reason) {
        ModuleInspection module = ModuleInspection.of(text.getBytes(UTF_8));
        assertThat(module.refusal()).contains(reason);
        assertThat(module.report()).startsWith("runs here      no: ");
    }

    @Test
    void saysWhatTheEngineRefuses() {
        String guest = "(module (import \"env\" \"g\" (global i32))" + GUEST.substring("(module".length());
        assertThat(ModuleInspection.of(guest.getBytes(UTF_8)).refusal().orElse(""))
                .contains("global env.g", "a host offers functions and a memory only");
        assertThat(ModuleInspection.of(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 5})
                        .refusal()
                        .orElse(""))
                .contains("type section");
    }

    @Test
    void printsNothingThatMovesACursor() {
        byte[] guest = GUEST.replace("\"helper\"", "\"\\1b[2Jhelper\"").getBytes(UTF_8);
        assertThat(ModuleInspection.of(guest).report()).contains("?[2Jhelper");
    }

    @ParameterizedTest
    @CsvSource({"go, Go, 0.2.0", "rust, probably Rust, 0.2.1", "assemblyscript, probably AssemblyScript, 0.2.0"})
    void knowsFiltersOfSdks(String name, String sdk, String version) throws IOException {
        Path file = Path.of("../samples/filters/target", name + ".wasm");
        assumeTrue(Files.exists(file), "the filter in " + name + " is not built");
        ModuleInspection module = ModuleInspection.of(Files.readAllBytes(file));
        assertThat(module.refusal()).isEmpty();
        assertThat(module.sdk()).isEqualTo(sdk);
        assertThat(module.abiVersion().map(AbiVersion::toString)).contains(version);
        assertThat(module.unknownImports()).isEmpty();
        assertThat(module.callbacks()).contains("proxy_on_request_headers", "proxy_on_configure");
        assertThat(module.memory()).isPresent();
    }

    @Test
    void fetchesAsAHostWould() {
        ProxyWasmConfig config = ProxyWasmConfig.builder()
                .baseDirectory(Path.of("src/test/resources/wat"))
                .build();
        ClassLoader loader = getClass().getClassLoader();
        ModuleInspection module =
                ModuleInspection.of(PluginConfig.builder("p", "stream/echo.wat").build(), config, loader);
        assertThat(module.isRunnable()).isTrue();
        assertThat(module.address()).endsWith("echo.wat");
        PluginConfig missing = PluginConfig.builder("p", "none.wat").build();
        assertThatThrownBy(() -> ModuleInspection.of(missing, config, loader))
                .isInstanceOf(PluginLoadException.class)
                .hasMessageContaining("none.wat");
    }

    @ParameterizedTest
    @CsvSource({"AUTO,", "WASMTIME,", "JVM, SIMD"})
    void inspectsForTheEngineOfThePlugin(Engine engine, @Nullable String refusal, @TempDir Path directory)
            throws IOException {
        String simd = "(func (drop (i32x4.splat (i32.const 1)))) (func (export \"helper\"))";
        Files.write(
                directory.resolve("a.wat"),
                GUEST.replace("(func (export \"helper\"))", simd).getBytes(UTF_8));
        PluginConfig plugin = PluginConfig.builder("p", "a.wat").engine(engine).build();
        assertThat(inspect(plugin, directory).refusal().orElse("")).contains(refusal == null ? "" : refusal);
        assertThat(inspect(plugin, directory).isRunnable()).isEqualTo(refusal == null);
    }

    @Test
    void inspectsWithinTheLimitsOfThePlugin(@TempDir Path directory) throws IOException {
        Files.write(directory.resolve("a.wat"), GUEST.getBytes(UTF_8));
        Limits small = Limits.builder().memoryBytes(64 * 1024).build();
        PluginConfig plugin = PluginConfig.builder("p", "a.wat").limits(small).build();
        assertThat(inspect(plugin, directory).refusal().orElse("")).contains("limits.memory");
    }

    private ModuleInspection inspect(PluginConfig plugin, Path directory) {
        ProxyWasmConfig config = new ProxyWasmConfig(true, List.of(plugin), directory);
        return ModuleInspection.of(plugin, config, getClass().getClassLoader());
    }

    @ParameterizedTest
    @CsvSource({"nothing, yes", "endive, no:"})
    void inspectsWhereThereIsNoNativeEngine(String without, String answer) {
        ForkedJvm.Outcome outcome = ForkedJvm.shortLived(InspectionScenario.class)
                .with("-Dos.name=Plan 9")
                .without(without)
                .run();
        assertThat(outcome.output()).contains("runs here      " + answer);
        assertThat(outcome.exitCode()).isZero();
    }
}
