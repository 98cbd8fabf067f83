package dev.proxywasm.benchmarks.http;

import dev.proxywasm.Engine;
import java.util.List;

/** What stands in front of the servlet. */
enum Way {
    PLAIN("plain"),
    JAVA_FILTER("java-filter"),
    HOST("host"),
    WASMTIME("wasmtime");

    /** Without a filter, with one in Java, and with ours as it runs by default. */
    static final List<Way> USUAL = List.of(PLAIN, JAVA_FILTER, HOST);

    /** Without a filter, and with ours on Wasmtime: apart from the others, since code that meets two engines is compiled for both. */
    static final List<Way> ON_WASMTIME = List.of(PLAIN, WASMTIME);

    private final String label;

    Way(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Whether our host is in it, on {@link #engine}. */
    boolean hasHost() {
        return this == HOST || this == WASMTIME;
    }

    Engine engine() {
        return this == WASMTIME ? Engine.WASMTIME : Engine.AUTO;
    }
}
