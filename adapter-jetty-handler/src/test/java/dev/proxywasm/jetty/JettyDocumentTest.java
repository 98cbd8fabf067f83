package dev.proxywasm.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.ProxyWasm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

/** The recipes of docs/JETTY.md compile, and do what they say. */
class JettyDocumentTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void showsLinesThatCompile() throws IOException {
        String recipes = Files.readString(Path.of("src/test/java/dev/proxywasm/jetty/Recipes.java"));
        assertThat(linesOf("docs/JETTY.md")).hasSizeGreaterThan(5).allSatisfy(line -> assertThat(recipes)
                .contains(line.strip()));
        assertThat(linesOf("README.md")).isNotEmpty().allSatisfy(line -> assertThat(recipes)
                .contains(line.strip()));
    }

    private static List<String> linesOf(String document) throws IOException {
        return JAVA.matcher(Files.readString(ROOT.resolve(document)))
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
    }

    @Test
    void readsTheFileThatTheThreeLinesName() {
        assertThatThrownBy(() -> Recipes.threeLines(new Server(), Applications.saying("")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("proxy-wasm.yaml");
    }

    @Test
    void startsAHostWithServicesOfTheApplications() throws Exception {
        ProxyWasmHandler filters =
                Recipes.services(TestSite.plugins(TestSite.header("0+x-other: 1")), InstantSource.system());
        filters.start();
        try (ProxyWasm host = Objects.requireNonNull(filters.getHost())) {
            filters.stop();
            assertThat(host.config().plugins()).hasSize(1);
        }
    }

    @Test
    void addsTheServerToJmx() {
        Server server = new Server();
        Recipes.jmx(server);
        assertThat(server.getBeans(org.eclipse.jetty.jmx.MBeanContainer.class)).hasSize(1);
    }
}
