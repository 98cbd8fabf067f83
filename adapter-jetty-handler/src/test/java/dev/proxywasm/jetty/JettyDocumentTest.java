package dev.proxywasm.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.ProxyWasm;
import java.time.InstantSource;
import java.util.Objects;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

/** The recipes of docs/JETTY.md compile, and do what they say. */
class JettyDocumentTest {

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
