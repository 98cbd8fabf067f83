package dev.proxywasm.benchmarks.http;

import jakarta.servlet.Filter;
import org.jspecify.annotations.Nullable;

/** The servers to measure. */
enum ServerKind {
    JETTY("jetty"),
    TOMCAT("tomcat");

    private final String label;

    ServerKind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Starts one with that filter in front of the servlet, or none. */
    Server start(@Nullable Filter filter) throws Exception {
        return switch (this) {
            case JETTY -> new JettyServer(filter);
            case TOMCAT -> new TomcatServer(filter);
        };
    }
}
