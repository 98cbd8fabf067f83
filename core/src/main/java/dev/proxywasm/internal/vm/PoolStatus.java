package dev.proxywasm.internal.vm;

import dev.proxywasm.PluginState;

/**
 * How a pool is doing, at one moment.
 *
 * @param state whether its plugin can be asked
 * @param reason why it cannot; empty if it can
 * @param instances VMs that live
 * @param streams exchanges bound to them
 * @param memoryBytes their memory together
 */
public record PoolStatus(PluginState state, String reason, int instances, int streams, long memoryBytes) {

    /** Of two pools that serve one plugin: as well as the worse of them. */
    public PoolStatus with(PoolStatus other) {
        PoolStatus worse = other.state.compareTo(state) > 0 ? other : this;
        return new PoolStatus(
                worse.state,
                worse.reason,
                instances + other.instances,
                streams + other.streams,
                memoryBytes + other.memoryBytes);
    }
}
