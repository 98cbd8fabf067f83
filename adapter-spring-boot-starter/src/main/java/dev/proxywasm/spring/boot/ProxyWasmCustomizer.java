package dev.proxywasm.spring.boot;

import dev.proxywasm.ProxyWasmBuilder;

/** A bean that changes how the auto-configured host is built, after properties and service beans have been put into it. */
@FunctionalInterface
public interface ProxyWasmCustomizer {

    /** Changes the builder of the host; the host is started when every customizer was asked, in the order of the beans. */
    void customize(ProxyWasmBuilder builder);
}
