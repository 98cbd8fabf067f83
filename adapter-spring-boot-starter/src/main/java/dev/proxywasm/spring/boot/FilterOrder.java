package dev.proxywasm.spring.boot;

import dev.proxywasm.Phase;
import dev.proxywasm.ProxyWasmConfig;

/**
 * The place of the filter among others.
 *
 * <p>There is one filter for all plugins, since they are one chain: what a plugin stores, its successors see, and a local response passes
 * back through those before it. So the earliest phase decides. With a plugin of phase authn the filter stands before Spring Security (-100)
 * and before those of Spring's filters that read bodies (-10000, -9900), but behind encoding and observation. Otherwise it stands behind
 * Spring Security: what that refuses, plugins need not see.
 */
final class FilterOrder {

    static final int BEFORE_SECURITY = -10_010;
    static final int BEHIND_SECURITY = -50;

    private FilterOrder() {}

    static int of(ProxyWasmConfig config) {
        boolean authenticates = config.plugins().stream().anyMatch(plugin -> plugin.phase() == Phase.AUTHN);
        return authenticates ? BEFORE_SECURITY : BEHIND_SECURITY;
    }
}
