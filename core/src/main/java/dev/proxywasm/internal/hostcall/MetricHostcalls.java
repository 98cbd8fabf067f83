package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.unimplemented;

import java.util.List;

/** Metrics of a guest (abi.md 2.11); not there yet. */
final class MetricHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(
            unimplemented("proxy_define_metric")
                    .in("metric_type")
                    .text("metric_name")
                    .out("return_metric_id")
                    .build(),
            unimplemented("proxy_increment_metric")
                    .in("metric_id")
                    .in64("offset")
                    .build(),
            unimplemented("proxy_record_metric").in("metric_id").in64("value").build(),
            unimplemented("proxy_get_metric")
                    .in("metric_id")
                    .out64("return_value")
                    .build());

    private MetricHostcalls() {}
}
