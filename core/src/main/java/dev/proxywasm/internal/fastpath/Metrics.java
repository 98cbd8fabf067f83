package dev.proxywasm.internal.fastpath;

import dev.proxywasm.internal.engine.HostcallFrame;
import dev.proxywasm.internal.service.MetricCell;
import dev.proxywasm.internal.service.MetricRegistry;

/**
 * Metrics: the code in the sandbox knows the type of those that were changed before, which never changes, and notes what it adds. Values
 * are not here: guests of other VMs change them too. Confined to the VM.
 */
final class Metrics implements Supply {

    private final FastPathRegion region;
    private final MetricRegistry registry;

    Metrics(FastPathRegion region, MetricRegistry registry) {
        this.region = region;
        this.registry = registry;
    }

    /** The first argument names the metric. */
    @Override
    public void asked(int kind, HostcallFrame frame) {
        int id = frame.i32(0);
        MetricCell metric = id > 0 && id < FastPathLayout.MAX_METRICS ? registry.find(id) : null;
        if (metric != null) {
            region.setMetric(id, 1 + metric.type().ordinal());
        }
    }

    /** Does what a record says. */
    void replay(int record) {
        MetricCell metric = registry.find(region.recordWhich(record));
        if (metric == null) {
            throw new IllegalStateException("the fast path changed a metric that it was not shown");
        }
        if (region.recordWhat(record) == FastPathLayout.INCREMENT_METRIC) {
            metric.add(region.recordNumber(record));
        } else {
            registry.record(metric, region.recordNumber(record));
        }
    }
}
