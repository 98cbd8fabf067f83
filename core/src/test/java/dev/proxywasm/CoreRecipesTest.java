package dev.proxywasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the documents of the core show does what they say. */
class CoreRecipesTest {

    private static final ProxyWasmConfig NOTHING = new ProxyWasmConfig(true, List.of(), Path.of(""));

    @Test
    void configuresByCode() {
        assertThat(CoreRecipes.configuration().plugins()).singleElement().satisfies(plugin -> {
            assertThat(plugin.phase()).isEqualTo(Phase.AUTHZ);
            assertThat(plugin.match().methods()).isEqualTo(Set.of("POST", "PUT"));
            assertThat(plugin.limits().callbackTimeout()).isEqualTo(Duration.ofMillis(50));
        });
    }

    @Test
    void startsHostsWithServicesOfTheirOwn() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (ProxyWasm measured = CoreRecipes.metrics(NOTHING, registry);
                ProxyWasm greeting = CoreRecipes.foreignFunction(NOTHING)) {
            CoreRecipes.hostMetrics(measured, registry);
            CoreRecipes.status(greeting, LoggerFactory.getLogger(CoreRecipesTest.class));
            assertThat(measured.plugins()).isEmpty();
        }
    }

    @Test
    void givesAnUpstreamTlsOfItsOwn() throws Exception {
        SSLContext context = SSLContext.getDefault();
        assertThat(CoreRecipes.upstreamTls(context)
                        .tls()
                        .orElseThrow()
                        .current()
                        .context())
                .isSameAs(context);
    }
}
