package dev.proxywasm.spring.boot;

import dev.proxywasm.Phase;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of the filter among others.
 *
 * <p>There is one filter for all plugins, since they are one chain: what a plugin stores, its successors see, and a local response passes
 * back through those before it. So the earliest phase decides. With a plugin of phase authn the filter stands before Spring Security (-100)
 * and before those of Spring's filters that read bodies (-10000, -9900), but behind encoding and observation. Otherwise it stands behind
 * Spring Security: what that refuses, plugins need not see.
 */
final class FilterOrder {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.spring");

    static final int BEFORE_SECURITY = -10_010;
    static final int BEHIND_SECURITY = -50;

    private FilterOrder() {}

    static int of(ProxyWasmConfig config) {
        boolean authenticates = config.plugins().stream().anyMatch(plugin -> plugin.phase() == Phase.AUTHN);
        return authenticates ? BEFORE_SECURITY : BEHIND_SECURITY;
    }

    /** A filter keeps its place as long as the application runs: whoever adds the first plugin of phase authn must know. */
    static void warnIfItChanges(ProxyWasm host) {
        int order = of(host.config());
        host.onReload(outcome -> {
            if (outcome.succeeded() && of(host.config()) < order) {
                LOG.warn(
                        "there is a plugin of phase authn now, but the filter stays behind Spring Security until the application"
                                + " starts anew; proxy-wasm.filter.order={} puts it before from the start",
                        BEFORE_SECURITY);
            }
        });
    }
}
