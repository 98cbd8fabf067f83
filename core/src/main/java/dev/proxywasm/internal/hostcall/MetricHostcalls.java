package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;

import dev.proxywasm.abi.MetricType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.service.MetricCell;
import dev.proxywasm.internal.service.MetricRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Metrics of a guest. All but the definition answer NOT_FOUND for an id that no metric has. */
final class MetricHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(
            proxy("proxy_define_metric", MetricHostcalls::define)
                    .in("metric_type")
                    .text("metric_name")
                    .out("return_metric_id")
                    .note(
                            "One metric and id a type and name, for all VMs. Those beyond the host's limits count together.")
                    .build(),
            proxy("proxy_increment_metric", MetricHostcalls::increment)
                    .in("metric_id")
                    .in64("offset")
                    .note("Counters only rise: an offset of 0 or less is `BAD_ARGUMENT`, as for histograms.")
                    .build(),
            proxy("proxy_record_metric", MetricHostcalls::record)
                    .in("metric_id")
                    .in64("value")
                    .note(
                            "A counter adds the value, as in Envoy. Changes are done when the callback ends, or the guest reads a metric.")
                    .build(),
            proxy("proxy_get_metric", MetricHostcalls::get)
                    .in("metric_id")
                    .out64("return_value")
                    .note("64 bits; `BAD_ARGUMENT` for histograms.")
                    .build());

    private static final int MOST_NAME_BYTES = 64 * 1024;

    private MetricHostcalls() {}

    /**
     * Makes or finds a metric.
     *
     * <ul>
     *   <li>OK
     *   <li>BAD_ARGUMENT: there is no such type
     * </ul>
     */
    private static Status define(GuestCall call) {
        MetricType type = call.metricType(0);
        String name = call.utf8(1, "of metric names", MOST_NAME_BYTES);
        call.returnU32(0, metrics(call).define(type, name).id());
        return Status.OK;
    }

    /**
     * Adds to a metric.
     *
     * <ul>
     *   <li>OK
     *   <li>NOT_FOUND
     *   <li>BAD_ARGUMENT: a counter by 0 or less, or a histogram
     * </ul>
     */
    private static Status increment(GuestCall call) {
        MetricCell metric = metric(call);
        if (metric == null) {
            return Status.NOT_FOUND;
        }
        long offset = call.i64(1);
        if (metric.type() == MetricType.HISTOGRAM) {
            throw Refusal.badArgument(metric + " records values and has none to add to");
        }
        if (metric.type() == MetricType.COUNTER && offset <= 0) {
            throw Refusal.badArgument(metric + " can only rise, not by " + offset);
        }
        metric.add(offset);
        return Status.OK;
    }

    /**
     * Gives a value to a metric: a counter adds it, a gauge takes it, a histogram notes it.
     *
     * <ul>
     *   <li>OK
     *   <li>NOT_FOUND
     * </ul>
     */
    private static Status record(GuestCall call) {
        MetricCell metric = metric(call);
        if (metric == null) {
            return Status.NOT_FOUND;
        }
        metrics(call).record(metric, call.i64(1));
        return Status.OK;
    }

    /**
     * Reads a counter or gauge.
     *
     * <ul>
     *   <li>OK
     *   <li>NOT_FOUND
     *   <li>BAD_ARGUMENT: a histogram
     * </ul>
     */
    private static Status get(GuestCall call) {
        MetricCell metric = metric(call);
        if (metric == null) {
            return Status.NOT_FOUND;
        }
        if (metric.type() == MetricType.HISTOGRAM) {
            throw Refusal.badArgument(metric + " records values and has none to read");
        }
        call.returnU64(0, metric.value());
        return Status.OK;
    }

    private static @Nullable MetricCell metric(GuestCall call) {
        return metrics(call).find(call.i32(0));
    }

    private static MetricRegistry metrics(GuestCall call) {
        return call.scope().shared().metrics();
    }
}
