package dev.proxywasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A plugin that may not use everything, on the real engine: what it may not use is refused, in the sandbox as in Java. */
class CapabilitiesTest {

    /** The guest answers with "VERSION", and the configuration if it can read it. */
    private static String answerWith(Set<String> capabilities) {
        PluginConfig plugin = PluginConfig.builder("a", "classpath:wat/reload/version.wat")
                .configuration("one")
                .capabilities(capabilities)
                .build();
        HeaderMap headers = HeaderMap.of(":authority", "a", ":path", "/", ":method", "GET", ":scheme", "http");
        try (ProxyWasm host = ProxyWasm.start(
                        new ProxyWasmConfig(true, List.of(plugin), Path.of("")),
                        CapabilitiesTest.class.getClassLoader());
                HttpStream stream = host.newStream(TestExchange.FACTS, headers)) {
            return stream.requestHeaders(true) instanceof Outcome.Reply reply
                    ? UTF_8.decode(reply.response().body()).toString()
                    : "passed";
        }
    }

    @Test
    void withoutAListItMayUseEverything() {
        assertThat(answerWith(Set.of())).isEqualTo("VERSIONone");
    }

    @Test
    void withAListItMayUseWhatIsOnIt() {
        assertThat(answerWith(
                        Set.of("proxy_on_request_headers", "proxy_send_local_response", "proxy_get_buffer_bytes")))
                .isEqualTo("VERSIONone");
    }

    /** A function that the fast path can answer, and one that only Java does. */
    @Test
    void aHostcallThatIsNotOnTheListIsRefused() {
        assertThat(answerWith(Set.of("proxy_on_request_headers", "proxy_send_local_response")))
                .isEqualTo("VERSION");
        assertThat(answerWith(Set.of("proxy_on_request_headers", "proxy_get_buffer_bytes")))
                .isEqualTo("passed");
    }

    @Test
    void aCallbackThatIsNotOnTheListIsNotCalled() {
        assertThat(answerWith(Set.of("proxy_send_local_response", "proxy_get_buffer_bytes")))
                .isEqualTo("passed");
    }
}
