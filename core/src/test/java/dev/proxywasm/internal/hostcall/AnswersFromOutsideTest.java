package dev.proxywasm.internal.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Guests on the real engine that hold a request until something else calls them back. */
class AnswersFromOutsideTest {

    /** Holds every request; {@code $ask} begins what {@code $answered} ends. */
    private static final String HOLDS =
            """
            (memory (export "memory") 1)
            (data (i32.const 16) "workplugin_root_idup")
            (global $calls (mut i32) (i32.const 0))
            (func (export "proxy_abi_version_0_2_1"))
            (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
            (func $digit (param $value i32)
              (i32.store8 (i32.const 100) (i32.add (i32.const 48) (local.get $value)))
              (drop (call $log (i32.const 2) (i32.const 100) (i32.const 1))))
            (func $answered
              (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
              (call $digit (global.get $calls))
              (drop (call $effective (i32.const 2)))
              (drop (call $continue (i32.const 0))))
            (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
              (if (call $ask) (then (unreachable)))
              (i32.const 1))
            """;

    private static final String IMPORTS =
            """
            (module
            (import "env" "proxy_log" (func $log (param i32 i32 i32) (result i32)))
            (import "env" "proxy_set_effective_context" (func $effective (param i32) (result i32)))
            (import "env" "proxy_continue_stream" (func $continue (param i32) (result i32)))
            """;

    private static TestHost host(String imports, String code) {
        return TestHost.calling(
                AnsweringServices.all(),
                PluginConfig.builder("p", IMPORTS + imports + HOLDS + code + ")")
                        .instances(1)
                        .build());
    }

    private static void assertResumed(TestHost host, String... log) throws InterruptedException {
        try (TestExchange exchange = host.get()) {
            Outcome.Wait wait = (Outcome.Wait) exchange.bodylessRequest();
            assertThat(host.trace())
                    .as("what was called before the guest returned")
                    .isEmpty();
            host.runDue();
            assertThat(wait.await()).isEqualTo(Outcome.FORWARD);
            assertThat(host.trace()).containsExactly(log);
        }
    }

    @Test
    void aQueueTellsOnceAMessageAndTheRequestGoesOn() throws InterruptedException {
        String imports =
                """
                (import "env" "proxy_register_shared_queue" (func $register (param i32 i32 i32) (result i32)))
                (import "env" "proxy_enqueue_shared_queue" (func $enqueue (param i32 i32 i32) (result i32)))
                """;
        String code =
                """
                (func $ask (result i32)
                  (drop (call $register (i32.const 16) (i32.const 4) (i32.const 0)))
                  (drop (call $enqueue (i32.load (i32.const 0)) (i32.const 16) (i32.const 4)))
                  (call $enqueue (i32.load (i32.const 0)) (i32.const 16) (i32.const 0)))
                (func (export "proxy_on_queue_ready") (param $root i32) (param $queue i32)
                  (if (i32.ne (local.get $queue) (i32.load (i32.const 0))) (then (unreachable)))
                  (call $answered))
                """;
        try (TestHost host = host(imports, code)) {
            assertResumed(host, "1", "2");
        }
    }

    @Test
    void anAddressIsInItsBufferWhileTheGuestIsToldOfIt() throws InterruptedException {
        String imports =
                """
                (import "env" "envoy_resolve_dns" (func $resolve (param i32 i32 i32) (result i32)))
                (import "env" "proxy_get_buffer_bytes" (func $buffer (param i32 i32 i32 i32 i32) (result i32)))
                """;
        String code =
                """
                (func $ask (result i32) (call $resolve (i32.const 34) (i32.const 2) (i32.const 0)))
                (func (export "envoy_on_resolve_dns") (param $root i32) (param $token i32) (param $size i32)
                  (if (i32.ne (local.get $token) (i32.load (i32.const 0))) (then (unreachable)))
                  (if (call $buffer (i32.const 8) (i32.const 0) (local.get $size) (i32.const 4) (i32.const 8))
                    (then (unreachable)))
                  (call $digit (i32.load (i32.const 1024)))
                  (drop (call $log (i32.const 2) (i32.const 1032) (i32.sub (local.get $size) (i32.const 9))))
                  (call $answered))
                """;
        try (TestHost host = host(imports, code)) {
            assertResumed(host, "1", "127.0.0.1:0", "1");
        }
    }

    @Test
    void theEffectiveContextLastsUntilTheCallbackReturns() throws InterruptedException {
        String imports =
                """
                (import "env" "proxy_set_tick_period_milliseconds" (func $tick (param i32) (result i32)))
                (import "env" "proxy_get_header_map_value" (func $get (param i32 i32 i32 i32 i32) (result i32)))
                """;
        // 2 is BAD_ARGUMENT: a root context has no request headers.
        String code =
                """
                (func $ask (result i32) (call $tick (i32.const 10)))
                (func (export "proxy_on_tick") (param $root i32)
                  (call $digit (call $get (i32.const 0) (i32.const 16) (i32.const 4) (i32.const 0) (i32.const 4)))
                  (if (i32.eq (global.get $calls) (i32.const 1)) (then (drop (call $tick (i32.const 0))) (return)))
                  (global.set $calls (i32.const 1))
                  (drop (call $effective (i32.const 2)))
                  (call $digit (call $get (i32.const 0) (i32.const 16) (i32.const 4) (i32.const 0) (i32.const 4)))
                  (drop (call $continue (i32.const 0))))
                """;
        try (TestHost host = host(imports, code);
                TestExchange exchange = host.get()) {
            Outcome.Wait wait = (Outcome.Wait) exchange.bodylessRequest();
            host.advance(Duration.ofMillis(25));
            assertThat(wait.await()).isEqualTo(Outcome.FORWARD);
            assertThat(host.trace())
                    .as("1 is NOT_FOUND in the stream, 2 BAD_ARGUMENT in the root")
                    .containsExactly("2", "1", "2");
        }
    }

    /** The C++ SDK and AssemblyScript's cannot make a root context otherwise. */
    @Test
    void theRootIdIsKnownWhileTheRootContextIsCreated() {
        String code =
                """
                (func $ask (result i32) (i32.const 0))
                (func (export "proxy_on_context_create") (param i32) (param $parent i32)
                  (if (local.get $parent) (then (return)))
                  (if (call $property (i32.const 20) (i32.const 14) (i32.const 0) (i32.const 4)) (then (unreachable)))
                  (drop (call $log (i32.const 2) (i32.load (i32.const 0)) (i32.load (i32.const 4)))))
                """;
        String module = IMPORTS
                + "(import \"env\" \"proxy_get_property\" (func $property (param i32 i32 i32 i32) (result i32)))"
                + HOLDS + code + ")";
        for (String rootId : new String[] {"my-root", ""}) {
            try (TestHost host =
                    TestHost.of(PluginConfig.builder("p", module).rootId(rootId).build())) {
                assertThat(String.join("", host.trace())).isEqualTo(rootId);
            }
        }
    }
}
