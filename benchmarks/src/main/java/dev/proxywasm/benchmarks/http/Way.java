package dev.proxywasm.benchmarks.http;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.servlet.ProxyWasmFilter;
import jakarta.servlet.Filter;
import org.jspecify.annotations.Nullable;

/** What stands in front of the servlet. */
enum Way {
    PLAIN("plain"),
    JAVA_FILTER("java-filter"),
    HOST("host");

    private final String label;

    Way(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    @Nullable
    Filter filter(ProxyWasm host) {
        return switch (this) {
            case PLAIN -> null;
            case JAVA_FILTER -> new JavaFilter();
            case HOST -> new ProxyWasmFilter(host);
        };
    }
}
