package dev.proxywasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.ForkedJvm;
import dev.proxywasm.testing.TestExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole host: how it starts, how it says that it cannot, and what it does then. */
class ProxyWasmTest {

    private static final String RECORDER = "classpath:wat/stream/recorder.wat";

    @TempDir
    private Path directory;

    private ProxyWasm start(PluginConfig... plugins) {
        ProxyWasmConfig config = new ProxyWasmConfig(true, Arrays.asList(plugins), directory);
        return ProxyWasm.start(config, getClass().getClassLoader());
    }

    private static HttpStream open(ProxyWasm host, String path) {
        HeaderMap headers = HeaderMap.of(":method", "GET", ":path", path, ":authority", "a", ":scheme", "http");
        return host.newStream(TestExchange.FACTS, headers);
    }

    private void write(String file, String text) throws IOException {
        Files.write(directory.resolve(file), text.getBytes(UTF_8));
    }

    @Test
    void sendsRequestsThroughThePluginsThatMatch() {
        PluginConfig echo = PluginConfig.builder("echo", "classpath:wat/stream/recorder.wat")
                .configuration("qr403,no;")
                .match(new Match(List.of("/private/*"), Set.of()))
                .build();
        try (ProxyWasm host = start(echo);
                HttpStream free = open(host, "/public");
                HttpStream fenced = open(host, "/private/a")) {
            assertThat(free.requestHeaders(true)).isEqualTo(Outcome.FORWARD);
            assertThat(free.wantsResponseBody()).isFalse();
            assertThat(fenced.requestHeaders(true)).isInstanceOf(Outcome.Reply.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "missing.wasm,     missing.wasm",
        "not.wasm,         not.wasm",
        "classpath:no.wat, no.wat",
        "unmarked.wat,     no Proxy-Wasm ABI version",
    })
    void saysWhichPluginAndModuleCannotBeLoadedAndWhy(String module, String message) throws IOException {
        write("not.wasm", "GIF89a, an image");
        write("unmarked.wat", "(module (memory (export \"memory\") 1))");
        assertThatThrownBy(() -> start(PluginConfig.builder("waf", module).build()))
                .isInstanceOf(PluginLoadException.class)
                .hasMessageContainingAll("plugin 'waf'", module.replace("classpath:", ""), message);
    }

    @Test
    void saysWhichPluginAndModuleRefusedToStart() {
        PluginConfig refusing =
                PluginConfig.builder("waf", RECORDER).configuration("va0;").build();
        assertThatThrownBy(() -> start(refusing))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContainingAll("plugin 'waf'", RECORDER, "proxy_on_vm_start");
    }

    @ParameterizedTest
    @CsvSource({"missing.wasm, ''", RECORDER + ", va0;", RECORDER + ", g!;"})
    void startsWithoutAPluginWhosePolicyIsOpen(String module, String script) {
        PluginConfig broken = PluginConfig.builder("optional", module)
                .configuration(script)
                .failurePolicy(FailurePolicy.OPEN)
                .build();
        try (ProxyWasm host = start(broken);
                HttpStream stream = open(host, "/")) {
            assertThat(stream.requestHeaders(true)).isEqualTo(Outcome.FORWARD);
            assertThat(stream.responseHeaders(HeaderMap.of(":status", "200"), true))
                    .isEqualTo(Outcome.FORWARD);
        }
    }

    @Test
    void refusesStreamsAfterItWasClosed() {
        ProxyWasm host = start();
        host.close();
        host.close();
        assertThatIllegalStateException().isThrownBy(() -> open(host, "/")).withMessageContaining("closed");
    }

    /** On a platform that the native engine does not have. */
    @ParameterizedTest
    @CsvSource({"false, endive, started false", "true, endive, refused", "true, nothing, started true"})
    void needsNoEngineUnlessItIsEnabledAndRunsOnTheJvmIfItCan(String enabled, String without, String printed) {
        ForkedJvm.Outcome outcome = ForkedJvm.shortLived(DisabledHostScenario.class)
                .with("-Dos.name=Plan 9")
                .without(without)
                .run(enabled);
        assertThat(outcome.output()).contains(printed);
        assertThat(outcome.exitCode()).isZero();
    }
}
