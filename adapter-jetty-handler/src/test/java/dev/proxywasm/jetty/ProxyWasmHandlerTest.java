package dev.proxywasm.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.PluginLoadException;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import java.lang.management.ManagementFactory;
import javax.management.ObjectName;
import org.eclipse.jetty.jmx.MBeanContainer;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

/** The life of the handler, and what it shows of itself. */
class ProxyWasmHandlerTest {

    private static final ProxyWasmConfig ADDS_A_HEADER = TestSite.plugins(TestSite.header("2+x-added: of a filter"));

    @Test
    void isUsableInThreeLines() throws Exception {
        Server server = new Server();
        LocalConnector local = new LocalConnector(server);
        server.addConnector(local);
        ProxyWasmHandler filters = new ProxyWasmHandler(ADDS_A_HEADER);
        filters.setHandler(Applications.saying("application"));
        server.setHandler(filters);
        server.start();
        try {
            assertThat(local.getResponse("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("x-added: of a filter")
                    .endsWith("application");
        } finally {
            server.stop();
        }
    }

    @Test
    void startsAndStopsTheHostOfAConfiguration() throws Exception {
        ProxyWasmHandler filters = new ProxyWasmHandler();
        filters.setConfig(ADDS_A_HEADER);
        assertThat(filters.getHost()).isNull();
        filters.start();
        ProxyWasm host = filters.getHost();
        assertThat(host).isNotNull();
        filters.stop();
        assertThat(filters.getHost()).isNull();
        assertThatThrownBy(() -> host.newStream(null, null)).isInstanceOf(IllegalStateException.class);
        filters.start();
        assertThat(filters.getHost()).isNotNull().isNotSameAs(host);
        filters.stop();
    }

    @Test
    void leavesAHostRunningThatItWasGiven() throws Exception {
        try (ProxyWasm host = ProxyWasm.start(ADDS_A_HEADER, getClass().getClassLoader())) {
            ProxyWasmHandler filters = new ProxyWasmHandler(host);
            filters.start();
            assertThat(filters.getHost()).isSameAs(host);
            filters.stop();
            assertThat(host.metrics()).isEmpty();
            filters.start();
            filters.stop();
        }
    }

    @Test
    void refusesToBeSetUpOnceItHasStarted() throws Exception {
        ProxyWasmHandler filters = new ProxyWasmHandler(ADDS_A_HEADER);
        filters.start();
        try {
            assertThatThrownBy(() -> filters.setConfig(ADDS_A_HEADER))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("stop it before");
            assertThatThrownBy(() -> filters.setHost(filters.getHost())).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> filters.setClassLoader(getClass().getClassLoader()))
                    .isInstanceOf(IllegalStateException.class);
        } finally {
            filters.stop();
        }
    }

    @Test
    void saysWhatItNeedsToStart() {
        assertThatThrownBy(new ProxyWasmHandler()::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("setConfig");
    }

    @Test
    void keepsTheServerFromStartingWithoutItsPlugins() {
        String plugin =
                "{name: odd, module: \"classpath:wat/header-operation.wat\", sha256: \"" + "0".repeat(64) + "\"}";
        assertThatThrownBy(() -> TestSite.of(Applications.saying(""), plugin))
                .isInstanceOf(PluginLoadException.class)
                .hasMessageContaining("'odd'");
    }

    @Test
    void findsModulesByTheClassLoaderThatItIsGiven() {
        ProxyWasmHandler filters = new ProxyWasmHandler(ADDS_A_HEADER);
        filters.setClassLoader(ClassLoader.getPlatformClassLoader());
        assertThatThrownBy(filters::start).hasMessageContaining("header-operation.wat");
    }

    @Test
    void passesEverythingIfItIsSwitchedOff() throws Exception {
        ProxyWasmConfig off = ProxyWasmConfig.builder().enabled(false).build();
        ProxyWasmHandler filters = new ProxyWasmHandler(off);
        filters.setHandler(Applications.saying("application"));
        Server server = new Server();
        LocalConnector local = new LocalConnector(server);
        server.addConnector(local);
        server.setHandler(filters);
        server.start();
        assertThat(local.getResponse("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .endsWith("application");
        assertThat(filters.getExchanges()).isZero();
        server.stop();
    }

    @Test
    void showsItsPluginsInADump() throws Exception {
        try (TestSite site = TestSite.acting("hn000", Applications.saying("application"))) {
            assertThat(site.server.dump()).contains("phases", "exchanges active=0 paused=0");
        }
    }

    @Test
    void isManagedByJmx() throws Exception {
        var beans = ManagementFactory.getPlatformMBeanServer();
        try (TestSite site = TestSite.acting("hn000", Applications.saying("application"))) {
            site.server.addBean(new MBeanContainer(beans));
            site.get("/");
            await().until(() -> site.filters.getActiveExchanges() == 0);
            ObjectName name = beans.queryNames(new ObjectName("dev.proxywasm.jetty:type=proxywasmhandler,*"), null)
                    .iterator()
                    .next();
            assertThat(beans.getAttribute(name, "exchanges")).isEqualTo(1L);
            assertThat(beans.getAttribute(name, "activeExchanges")).isEqualTo(0);
            assertThat(beans.getAttribute(name, "pausedExchanges")).isEqualTo(0);
            assertThat(beans.getAttribute(name, "plugins")).asInstanceOf(LIST).containsExactly("phases");
            assertThat(beans.invoke(name, "metrics", new Object[0], new String[0])
                            .toString())
                    .contains("COUNTER created 1");
            assertThat(beans.invoke(name, "reload", new Object[0], new String[0]))
                    .asInstanceOf(LIST)
                    .isEmpty();
            beans.invoke(name, "resetCount", new Object[0], new String[0]);
            assertThat(beans.getAttribute(name, "exchanges")).isEqualTo(0L);
        }
    }
}
