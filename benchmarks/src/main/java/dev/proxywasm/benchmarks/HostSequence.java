package dev.proxywasm.benchmarks;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.benchmarks.measure.Sequence;

/** A filter in our host, through its public interface, with the fast path or without. */
final class HostSequence implements Sequence, AutoCloseable {

    private static final String FAST_PATH = "proxy-wasm.fast-path";

    private final ProxyWasm host;
    private final String responseHeader;

    private HostSequence(Filter filter) {
        this.host =
                BenchHost.start(BenchHost.plugin(filter.name(), filter.module().toString()));
        this.responseHeader = filter.responseHeader();
    }

    /** As a host runs by default. */
    static HostSequence of(Filter filter) {
        return new HostSequence(filter);
    }

    /** As with {@code -Dproxy-wasm.fast-path=false}, which is looked at when a VM starts. */
    static HostSequence withoutFastPath(Filter filter) {
        System.setProperty(FAST_PATH, "false");
        try {
            return new HostSequence(filter);
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
