package dev.proxywasm.benchmarks.peer;

import dev.proxywasm.benchmarks.measure.Report;
import dev.proxywasm.benchmarks.measure.Sequence;
import io.roastedroot.proxywasm.PluginFactory;
import io.roastedroot.proxywasm.internal.Plugin;

/** An instance for each request, started and closed with it: the peer's mode that keeps requests apart. */
final class IsolatedSequence implements Sequence {

    private final PluginFactory plugins;
    private final String responseHeader;
    private final boolean closes;

    /** Tries a close first: the peer fails to close some filters, and is then measured without, which is in its favour. */
    IsolatedSequence(PeerModule module, String responseHeader, Report report) {
        this.plugins = module.plugins(false);
        this.responseHeader = responseHeader;
        this.closes = canClose(report);
    }

    @Override
    public boolean run() {
        Plugin plugin = PeerModule.start(plugins);
        try {
            return new PeerExchange().through(plugin, responseHeader);
        } finally {
            if (closes) {
                plugin.close();
            }
        }
    }

    private boolean canClose(Report report) {
        try {
            PeerModule.start(plugins).close();
            return true;
        } catch (RuntimeException e) {
            report.remark("the peer cannot close the next filter, so its isolated figure is without: " + e);
            return false;
        }
    }
}
