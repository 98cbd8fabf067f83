package dev.proxywasm.benchmarks.peer;

import dev.proxywasm.benchmarks.measure.Sequence;
import io.roastedroot.proxywasm.internal.Plugin;

/** All requests through one instance: the peer mixes requests up that overlap in it. */
final class SharedSequence implements Sequence {

    private final Plugin plugin;
    private final String responseHeader;

    SharedSequence(PeerModule module, String responseHeader) {
        this.plugin = PeerModule.start(module.plugins(true));
        this.responseHeader = responseHeader;
    }

    @Override
    public boolean run() {
        return new PeerExchange().through(plugin, responseHeader);
    }
}
