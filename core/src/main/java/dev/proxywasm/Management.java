package dev.proxywasm;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a host to management tools, as long as it lives. A host that cannot be shown works all the same. */
final class Management implements ProxyWasmMXBean, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm");
    private static final AtomicLong HOSTS = new AtomicLong();

    private final ProxyWasm host;
    private final String name = "dev.proxywasm:type=ProxyWasm,id=" + HOSTS.incrementAndGet();

    /** Shows it. */
    Management(ProxyWasm host) {
        this.host = host;
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName(name));
        } catch (JMException refused) {
            LOG.warn("{} cannot be shown to management tools", name, refused);
        }
    }

    @Override
    public List<String> getPlugins() {
        return host.plugins().stream().map(Management::line).toList();
    }

    private static String line(PluginStatus plugin) {
        String reason = plugin.reason().isEmpty() ? "" : " (" + plugin.reason() + ")";
        return plugin.name() + ": " + plugin.state() + reason + ", " + plugin.instances() + " of "
                + plugin.maxInstances() + " instances, " + plugin.module() + " sha256 " + plugin.sha256();
    }

    @Override
    public String getLastReload() {
        return host.lastReload()
                .map(last -> last.at() + ": "
                        + (last.succeeded() ? "changed " + last.changed() : "not used: " + last.problem()))
                .orElse("");
    }

    /** Remote tools have no class of this project's exceptions: they get the message. */
    @Override
    public List<String> reload() {
        try {
            return host.reload();
        } catch (ProxyWasmException refused) {
            throw new IllegalStateException(refused.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(name));
        } catch (JMException gone) {
            LOG.debug("{} was not registered", name, gone);
        }
    }
}
