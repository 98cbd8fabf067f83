package dev.proxywasm;

import dev.proxywasm.abi.AbiVersion;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How one plugin is doing, at one moment. Holds nothing secret: no configuration.
 *
 * @param name of the plugin
 * @param phase where in the chain it stands
 * @param failurePolicy what becomes of requests that it cannot judge
 * @param module where its module was found; as configured, if it was not
 * @param sha256 hex digest of the module as it was fetched; empty if it was not
 * @param abiVersion what the module was built for; empty if it is not known
 * @param state whether it can be asked
 * @param reason why it cannot; empty if it can
 * @param instances VMs that live
 * @param maxInstances VMs that it may have at once
 * @param streams exchanges under way that are bound to these VMs
 * @param memoryBytes linear memory of these VMs together; of one whose guest runs at this moment, as it was when last seen
 * @param callbackTime time in its guest, hostcalls included: estimated from one entry in seventeen, so that measuring costs nothing
 * @param counters what was counted since the start; every counter is there
 */
public record PluginStatus(
        String name,
        Phase phase,
        FailurePolicy failurePolicy,
        String module,
        String sha256,
        Optional<AbiVersion> abiVersion,
        PluginState state,
        String reason,
        int instances,
        int maxInstances,
        int streams,
        long memoryBytes,
        Duration callbackTime,
        Map<PluginCounter, Long> counters) {

    /** Copies the counters, and puts in those that are missing, as 0. */
    public PluginStatus {
        Map<PluginCounter, Long> all = new EnumMap<>(PluginCounter.class);
        for (PluginCounter counter : PluginCounter.values()) {
            all.put(counter, counters.getOrDefault(counter, 0L));
        }
        counters = Collections.unmodifiableMap(all);
    }

    /** What one counter has counted. */
    public long count(PluginCounter counter) {
        return counters.getOrDefault(counter, 0L);
    }
}
