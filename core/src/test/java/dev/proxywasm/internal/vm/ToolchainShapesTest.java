package dev.proxywasm.internal.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginStartException;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Modules of the shapes that toolchains make: markers, imports, start functions, allocators. None is built by them; see the samples for those. */
class ToolchainShapesTest {

    /** Logs a digit through stdout. */
    private static final String SAY =
            """
            (func $say (param $digit i32)
              (i32.store16 (i32.const 100) (i32.add (i32.const 0x0a30) (local.get $digit)))
              (i32.store (i32.const 104) (i32.const 100))
              (i32.store (i32.const 108) (i32.const 2))
              (drop (call $write (i32.const 1) (i32.const 104) (i32.const 1) (i32.const 112))))
            """;

    private static String write(String wasi) {
        return "(import \"%s\" \"fd_write\" (func $write (param i32 i32 i32 i32) (result i32)))".formatted(wasi);
    }

    private static PluginConfig plugin(String imports, String rest) {
        return PluginConfig.builder("p", "(module " + imports + rest + ")").build();
    }

    private static List<String> logOf(String module) {
        try (TestHost host = TestHost.of(plugin("", module + (module.contains("$write") ? SAY : "")));
                TestExchange exchange = host.get()) {
            assertThat(exchange.bodylessRequest()).isEqualTo(Outcome.FORWARD);
            return host.trace();
        }
    }

    @Test
    void goDeclares020ImportsAFunctionTwiceAndCountsOnBadfToEndItsSearchForFiles() {
        assertThat(
                        logOf(
                                write("wasi_snapshot_preview1")
                                        + """
                (import "wasi_snapshot_preview1" "fd_write" (func $again (param i32 i32 i32 i32) (result i32)))
                (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
                (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
                (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
                (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
                (memory (export "memory") 1)
                (func (export "proxy_abi_version_0_2_0"))
                (func (export "_initialize")
                  (if (i32.ne (call $prestat (i32.const 3) (i32.const 200)) (i32.const 8)) (then (unreachable)))
                  (if (call $random (i32.const 200) (i32.const 32)) (then (unreachable)))
                  (drop (call $yield))
                  (call $say (i32.const 1)))
                (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
                (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
                  (if (call $poll (i32.const 200) (i32.const 300) (i32.const 1) (i32.const 112)) (then (unreachable)))
                  (drop (call $again (i32.const 1) (i32.const 104) (i32.const 1) (i32.const 112)))
                  (call $say (local.get 2))
                  (i32.const 0))
                """))
                .containsExactly("1", "1", "1");
    }

    @Test
    void tinyGoDeclares010ButTakesTheEndOfTheStreamAndHasBothAllocators() {
        assertThat(
                        logOf(
                                write("wasi_unstable")
                                        + """
                (import "env" "proxy_get_header_map_value" (func $get (param i32 i32 i32 i32 i32) (result i32)))
                (memory (export "memory") 1)
                (data (i32.const 16) ":path")
                (func (export "proxy_abi_version_0_1_0"))
                (func (export "_start") (call $say (i32.const 1)))
                (func (export "malloc") (param i32) (result i32) (unreachable))
                (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
                (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
                  (if (call $get (i32.const 0) (i32.const 16) (i32.const 5) (i32.const 0) (i32.const 4)) (then (unreachable)))
                  (call $say (i32.add (i32.load8_u (i32.const 1024)) (i32.const -45)))
                  (i32.const 0))
                """))
                .as("':path' begins with '/', which is 47")
                .containsExactly("1", "2");
    }

    @Test
    void cppOfTodayImportsItsMemoryAndStartsByInitializeAndMain() {
        assertThat(
                        logOf(
                                """
                (import "env" "memory" (memory 2 16))
                """
                                        + write("wasi_snapshot_preview1")
                                        + """
                (import "env" "emscripten_notify_memory_growth" (func $grown (param i32)))
                (func (export "proxy_abi_version_0_2_1"))
                (func (export "_initialize") (call $say (i32.const 1)))
                (func (export "main") (param $argc i32) (param $argv i32) (result i32)
                  (drop (memory.grow (i32.const 1)))
                  (call $grown (i32.const 0))
                  (call $say (i32.add (local.get $argc) (i32.const 2)))
                  (i32.const 7))
                (func (export "malloc") (param i32) (result i32) (i32.const 131072))
                (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
                  (call $say (memory.size)) (i32.const 0))
                """))
                .containsExactly("1", "2", "3");
    }

    @Test
    void cppOf2020Declares010ImportsWasiUnstableAndHasNoEndOfStream() {
        assertThat(
                        logOf(
                                write("wasi_unstable")
                                        + """
                (import "wasi_unstable" "args_sizes_get" (func $args (param i32 i32) (result i32)))
                (import "wasi_unstable" "environ_sizes_get" (func $environ (param i32 i32) (result i32)))
                (import "wasi_unstable" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
                (import "wasi_unstable" "fd_close" (func $close (param i32) (result i32)))
                (import "wasi_unstable" "proc_exit" (func $exit (param i32)))
                (import "env" "proxy_get_configuration" (func $configuration (param i32 i32) (result i32)))
                (import "env" "proxy_clear_route_cache" (func $clear (result i32)))
                (import "env" "proxy_continue_request" (func $continue (result i32)))
                (memory (export "memory") 1)
                (func (export "proxy_abi_version_0_1_0"))
                (func (export "_start")
                  (if (call $args (i32.const 200) (i32.const 204)) (then (unreachable)))
                  (if (call $environ (i32.const 208) (i32.const 212)) (then (unreachable)))
                  (call $say (i32.add (i32.load (i32.const 200)) (i32.load (i32.const 208)))))
                (func (export "malloc") (param i32) (result i32) (i32.const 1024))
                (func (export "proxy_on_request_headers") (param i32 i32) (result i32)
                  (call $say (i32.add (call $clear) (call $continue))) (i32.const 1))
                """))
                .as("its pause was resumed in the same callback")
                .containsExactly("0", "0");
    }

    @Test
    void rustWithoutWasiHasNothingButMallocAndNoStartFunction() {
        assertThat(
                        logOf(
                                """
                (import "env" "proxy_log" (func $log (param i32 i32 i32) (result i32)))
                (memory (export "memory") 1)
                (data (i32.const 16) "rust")
                (func (export "proxy_abi_version_0_2_1"))
                (func (export "malloc") (param i32) (result i32) (i32.const 1024))
                (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
                  (call $log (i32.const 2) (i32.const 16) (i32.const 4)))
                """))
                .containsExactly("rust");
    }

    private static final String ASSEMBLY_SCRIPT =
            """
            (import "env" "abort" (func $abort (param i32 i32 i32 i32)))
            (import "env" "seed" (func $seed (result f64)))
            (import "env" "proxy_clear_route_cache" (func $clear (result i32)))
            (import "env" "proxy_grpc_call" (func $call (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
            (import "env" "proxy_grpc_stream" (func $stream (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
            (memory (export "memory") 1)
            (data (i32.const 200) "\\04\\00\\00\\00n\\00o\\00")
            (func (export "proxy_abi_version_0_2_1"))
            (func (export "malloc") (param i32) (result i32) (i32.const 1024))
            """;

    @Test
    void assemblyScriptStartsByItsStartSectionAndImportsOlderShapesOfGrpc() {
        assertThat(
                        logOf(
                                write("wasi_snapshot_preview1")
                                        + ASSEMBLY_SCRIPT
                                        + """
                (func $start (call $say (i32.const 1)))
                (start $start)
                (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
                  (drop (call $seed))
                  ;; 12 is UNIMPLEMENTED: this host has no client for gRPC
                  (call $say (i32.sub (call $call (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
                    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 300)) (i32.const 10)))
                  (call $say (i32.sub (call $stream (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
                    (i32.const 0) (i32.const 300)) (i32.const 9)))
                  (call $clear))
                """))
                .containsExactly("1", "2", "3");
    }

    @Test
    void theAbortOfAssemblyScriptStopsTheGuestWithItsMessage() {
        PluginConfig plugin = plugin(
                ASSEMBLY_SCRIPT,
                """
                (func (export "proxy_on_configure") (param i32 i32) (result i32)
                  (call $abort (i32.const 204) (i32.const 0) (i32.const 3) (i32.const 14)) (i32.const 1))
                """);

        assertThatThrownBy(() -> TestHost.of(plugin))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContainingAll("proxy_on_configure", "aborts: \"no\" at (none):3:14");
    }

    /** What a panic of Rust or Go writes before it traps. */
    @Test
    void whatAGuestSaysOnStderrBeforeItTrapsIsInTheLog() {
        PluginConfig plugin = plugin(
                write("wasi_snapshot_preview1"),
                SAY
                        + """
                (memory (export "memory") 1)
                (func (export "proxy_abi_version_0_2_1"))
                (func (export "malloc") (param i32) (result i32) (i32.const 1024))
                (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
                  (call $say (i32.const 9))
                  (drop (call $write (i32.const 2) (i32.const 104) (i32.const 1) (i32.const 112)))
                  (unreachable))
                """);
        try (TestHost host = TestHost.of(plugin);
                TestExchange exchange = host.get()) {
            assertThat(exchange.bodylessRequest()).isInstanceOf(Outcome.Reply.class);
            assertThat(host.trace()).containsExactly("9", "9");
        }
    }

    @Test
    void anAllocatorMayGrowTheMemoryAndIsNeverAskedForNothing() {
        String module =
                """
                (module
                (import "env" "proxy_get_header_map_value" (func $get (param i32 i32 i32 i32 i32) (result i32)))
                (import "env" "proxy_get_buffer_bytes" (func $buffer (param i32 i32 i32 i32 i32) (result i32)))
                (import "env" "proxy_add_header_map_value" (func $add (param i32 i32 i32 i32 i32) (result i32)))
                (memory (export "memory") 1)
                (data (i32.const 16) "x-longx-echox-empty")
                (func (export "proxy_abi_version_0_2_1"))
                (func (export "proxy_on_memory_allocate") (param $size i32) (result i32)
                  (if (i32.eqz (local.get $size)) (then (unreachable)))
                  (i32.shl (memory.grow (i32.add (i32.shr_u (local.get $size) (i32.const 16)) (i32.const 1))) (i32.const 16)))
                (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
                  (if (call $buffer (i32.const 7) (i32.const 0) (i32.const -1) (i32.const 0) (i32.const 4)) (then (unreachable)))
                  (if (i32.or (i32.load (i32.const 0)) (i32.load (i32.const 4))) (then (unreachable)))
                  (if (call $get (i32.const 0) (i32.const 28) (i32.const 7) (i32.const 0) (i32.const 4)) (then (unreachable)))
                  (if (i32.or (i32.load (i32.const 0)) (i32.load (i32.const 4))) (then (unreachable)))
                  (if (call $get (i32.const 0) (i32.const 16) (i32.const 6) (i32.const 0) (i32.const 4)) (then (unreachable)))
                  (call $add (i32.const 0) (i32.const 22) (i32.const 6) (i32.load (i32.const 0)) (i32.load (i32.const 4)))))
                """;
        String value = "0123456789".repeat(9000);
        try (TestHost host = TestHost.of(PluginConfig.builder("p", module).build());
                TestExchange exchange = host.get("x-long", value, "x-empty", "")) {
            assertThat(exchange.bodylessRequest()).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.request().takeHeaders().get("x-echo")).isEqualTo(value);
        }
    }
}
