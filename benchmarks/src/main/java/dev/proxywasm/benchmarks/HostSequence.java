package dev.proxywasm.benchmarks;

import dev.proxywasm.Engine;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.benchmarks.measure.Sequence;

/** A filter in our host, through its public interface, on some engine, with the fast path or without. */
final class HostSequence implements Sequence, AutoCloseable {

    private static final String FAST_PATH = "proxy-wasm.fast-path";

    private final ProxyWasm host;
    private final String responseHeader;

    private HostSequence(Filter filter, Engine engine) {
        this.host =
                BenchHost.start(BenchHost.plugin(filter.name(), filter.module().toString()).toBuilder()
                        .engine(engine)
                        .build());
        this.responseHeader = filter.responseHeader();
    }

    /** As a host runs by default. */
    static HostSequence of(Filter filter) {
        return on(Engine.AUTO, filter);
    }

    /** On that engine. */
    static HostSequence on(Engine engine, Filter filter) {
        return new HostSequence(filter, engine);
    }

    /** As with {@code -Dproxy-wasm.fast-path=false} on Wasmtime, which is looked at when a VM starts. */
    static HostSequence withoutFastPath(Filter filter) {
        System.setProperty(FAST_PATH, "false");
        try {
            return on(Engine.WASMTIME, filter);
        } finally {
            System.clearProperty(FAST_PATH);
        }
    }

    @Override
    public boolean run() {
        return BenchHost.exchange(host).contains(responseHeader);
    }

    @Override
    public void close() {
        host.close();
    }
}
