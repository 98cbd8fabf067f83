package dev.proxywasm.jetty;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ProxyWasmConfigReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import org.eclipse.jetty.jmx.MBeanContainer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;

/** What docs/JETTY.md shows, line by line. */
final class Recipes {

    private Recipes() {}

    static void threeLines(Server server, Handler application) {
        ProxyWasmHandler filters = new ProxyWasmHandler(ProxyWasmConfigReader.yaml(Path.of("proxy-wasm.yaml")));
        filters.setHandler(application);
        server.setHandler(filters);
    }

    static ProxyWasmHandler services(ProxyWasmConfig config, InstantSource clock) {
        ProxyWasm host = ProxyWasm.builder().config(config).clock(clock).start();
        ProxyWasmHandler filters = new ProxyWasmHandler(host);
        return filters;
    }

    static void jmx(Server server) {
        server.addBean(new MBeanContainer(ManagementFactory.getPlatformMBeanServer()));
    }
}
