package dev.proxywasm.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.testing.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The documents and the properties tell of the same keys. */
class SpringBootDocumentTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern YAML = Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern OWN_ROW = Pattern.compile("^\\| `(proxy-wasm\\.[^`]+)` \\|", Pattern.MULTILINE);
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z0-9.-]+)` \\|", Pattern.MULTILINE);

    private static Path files;

    private static String read(String document) throws IOException {
        return Files.readString(DOCS.resolve(document));
    }

    static List<String> examples() throws IOException {
        return YAML.matcher(read("SPRING_BOOT.md"))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @BeforeAll
    static void makeFiles(@TempDir Path directory) throws Exception {
        files = directory;
        Certificate certificate = Certificate.of(directory, "dns:caller.example");
        Files.writeString(directory.resolve("ca.crt"), certificate.certificatePem());
        Files.writeString(directory.resolve("tls.crt"), certificate.certificatePem());
        Files.writeString(directory.resolve("tls.key"), certificate.keyPem());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesCanBeRead(String yaml) {
        ProxyWasmConfig config = Properties.read(yaml.replace("file:/etc/waf/rules.json", "classpath:waf.json")
                .replace("file:/etc/tls/", "file:" + files + "/"));
        assertThat(config.plugins()).isNotEmpty();
    }

    @Test
    void theTableHasTheKeysThatOnlySpringBootHas() throws IOException {
        assertThat(OWN_ROW.matcher(read("SPRING_BOOT.md")).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrder(
                        "proxy-wasm.config",
                        "proxy-wasm.plugins[].configuration-location",
                        "proxy-wasm.upstreams.<name>.ssl-bundle",
                        "proxy-wasm.filter.order",
                        "proxy-wasm.filter.url-patterns");
    }

    /** Whoever adds a key to the core adds it to {@link ProxyWasmProperties} too: without that, Spring Boot refuses it as unknown. */
    @Test
    void everyKeyOfTheCoreIsAProperty() throws IOException {
        String document = read("CONFIGURATION.md");
        assertThat(Stream.of(
                                keys(document, "config-keys", ""),
                                keys(document, "plugin-keys", "plugins[0]."),
                                keys(document, "upstream-keys", "upstreams.auth."),
                                keys(document, "pull-secret-keys", "pull-secrets.mine."),
                                keys(document, "override-keys", "plugins[0].overrides[0]."),
                                keys(document, "match-keys", "plugins[0].match."))
                        .flatMap(List::stream))
                .hasSizeGreaterThan(40)
                .allSatisfy(key -> assertThat(KnownKeys.firstUnknown(ConfigurationPropertyName.of("proxy-wasm." + key)))
                        .as("add the key to ProxyWasmProperties")
                        .isEmpty());
    }

    private static List<String> keys(String document, String part, String prefix) {
        int begin = document.indexOf("<!-- begin " + part);
        String table = document.substring(begin, document.indexOf("<!-- end " + part, begin));
        return ROW.matcher(table).results().map(row -> prefix + row.group(1)).toList();
    }
}
