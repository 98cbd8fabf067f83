package dev.proxywasm.benchmarks;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.benchmarks.measure.Sequence;

/** A filter in our host, through its public interface. */
final class HostSequence implements Sequence, AutoCloseable {

    private final ProxyWasm host;
    private final String responseHeader;

    HostSequence(Filter filter) {
        this.host =
                BenchHost.start(BenchHost.plugin(filter.name(), filter.module().toString()));
        this.responseHeader = filter.responseHeader();
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
