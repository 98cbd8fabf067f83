package dev.proxywasm.internal.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.testing.ForkedJvm;
import dev.proxywasm.testing.FuzzTime;
import dev.proxywasm.testing.GeneratedDocument;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hostcalls with raw arguments, from a guest on the real engine. */
class ForwardGuestTest {

    private static final int END = ForwardGuest.END;

    @Test
    void theFixtureHasEveryFunctionOfTheTable() throws IOException {
        String name = "core/src/test/resources/wat/" + ForwardGuest.FIXTURE + ".wat";
        GeneratedDocument.requireCurrent(getClass(), name, text -> ForwardGuest.text());
    }

    @Test
    void callsReachTheHostWithTheirArguments() {
        ForwardCalls calls = new ForwardCalls()
                .add("proxy_done")
                .add("proxy_log", 2, 64, 3)
                .add("proxy_log", 9, 64, 3)
                .add("proxy_log", 2, END - 2, 3)
                .add("proxy_get_property", 0, 0, 16, 20)
                .add("proxy_get_header_map_size", 0, END - 4)
                .add("proxy_get_header_map_size", 0, END - 3)
                .add("proxy_increment_metric", 77, 1L << 40)
                .add("proxy_dequeue_shared_queue", 77, 16, 20)
                .add("sched_yield")
                .add("emscripten_notify_memory_growth", 0);

        PluginConfig plugin = PluginConfig.builder("forward", ForwardGuest.FIXTURE)
                .instances(1)
                .build();
        try (TestHost host = TestHost.of(plugin);
                TestExchange exchange = host.get(calls.headers())) {
            exchange.bodylessRequest();

            assertThat(exchange.request().takeHeaders().get("x-answers")).isEqualTo("BACGBAGBBAA" + "aaaaaaal");
            assertThat(host.trace()).containsExactly("x-c");
        }
    }

    /** In a JVM of its own: what a guest passes might take one down. */
    @Test
    @Tag("fuzz")
    void survivesRandomCalls() {
        ForkedJvm.Outcome outcome = ForkedJvm.of(RandomCallsScenario.class)
                .with("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch")
                .run(FuzzTime.seconds(), FuzzTime.seed(0));

        System.out.println(outcome.output().strip());

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output().strip()).endsWith(", alive");
    }
}
