package dev.proxywasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** YAML documents that are wrong, each with its whole message. */
class BadDocumentTest {

    private static final String PLUGIN = "proxy-wasm: {plugins: [{name: a, module: a.wat, configuration: ";

    @ParameterizedTest
    @MethodSource("dev.proxywasm.BadDocument#all")
    void isRefusedWithTheMessage(BadDocument document) {
        assertRefused(document.yaml().getBytes(UTF_8), document.message());
    }

    @Test
    void theTableIsNotEmpty() throws Exception {
        assertThat(BadDocument.all()).hasSizeGreaterThan(40);
    }

    @Test
    void aDocumentOfMoreThanOneMebibyteIsRefused() {
        String largest = "proxy-wasm:\n" + " ".repeat(1024 * 1024 - 12);
        assertThat(read(largest.getBytes(UTF_8)).plugins()).isEmpty();
        assertRefused(
                (largest + " ").getBytes(UTF_8), "proxy-wasm.yaml: more than 1 MiB; a configuration is not that large");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertRefused(new byte[] {'a', (byte) 0xFF}, "proxy-wasm.yaml: not UTF-8 text; save it in that encoding");
    }

    @Test
    void aControlCharacterIsRefused() {
        assertRefused(
                ("# filler\n".repeat(1000) + "proxy-wasm: \u0007").getBytes(UTF_8),
                "proxy-wasm.yaml:1001:13: not YAML: character U+0007 is not allowed");
    }

    @Test
    void nestingIsLimited() {
        // The document, the top key's object, the list and the plugin are four of the 64 levels.
        assertThat(read((PLUGIN + "[".repeat(60) + "]".repeat(60) + "}]}").getBytes(UTF_8))
                        .plugins())
                .hasSize(1);
        assertRefused(
                (PLUGIN + "[".repeat(100_000)).getBytes(UTF_8),
                "proxy-wasm.yaml:1:124: nested more than 64 levels deep");
    }

    @Test
    void aliasesThatMultiplyAreRefusedBeforeTheyDo() {
        StringBuilder yaml = new StringBuilder("proxy-wasm:\n  laughs:\n    - &a0 [ha, ha]\n");
        for (int i = 1; i < 40; i++) {
            yaml.append("    - &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append(", *a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertRefused(yaml.toString().getBytes(UTF_8), "proxy-wasm.yaml:22:13: aliases repeat more than 4 MiB");
    }

    private static void assertRefused(byte[] document, String message) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    private static ProxyWasmConfig read(byte[] document) {
        return ProxyWasmConfigReader.yaml("proxy-wasm.yaml", new ByteArrayInputStream(document), Path.of("base"));
    }
}
