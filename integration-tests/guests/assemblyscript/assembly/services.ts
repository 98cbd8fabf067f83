// Metrics and properties. The runtime cannot read a metric: its get_metric calls the host's record_metric.
import { WasmResultValues, stream_context } from "@solo-io/proxy-runtime";
import {
  MetricTypeValues,
  define_metric,
  get_property,
  increment_metric,
  record_metric,
  set_property,
} from "@solo-io/proxy-runtime/runtime";

/** Tells the test what came out. */
export function show(name: string, value: string): void {
  stream_context.headers.request.add(name, value);
}

/** The name of a host call's status in the specification. */
export function statusName(status: WasmResultValues): string {
  if (status == WasmResultValues.Ok) return "OK";
  if (status == WasmResultValues.NotFound) return "NOT_FOUND";
  if (status == WasmResultValues.BadArgument) return "BAD_ARGUMENT";
  return (status as u32).toString();
}

export function countMetrics(): void {
  let calls = define_metric(MetricTypeValues.Counter, "guest.calls").metric_id;
  let level = define_metric(MetricTypeValues.Gauge, "guest.level").metric_id;
  let lengths = define_metric(MetricTypeValues.Histogram, "guest.lengths").metric_id;
  increment_metric(calls, (1 as i64) << 33);
  record_metric(level, 7);
  increment_metric(level, -3);
  record_metric(lengths, 9);
  show("x-lower", statusName(increment_metric(calls, -1)));
}

export function readProperties(): void {
  show("x-path", String.UTF8.decode(get_property("request\0path")));
  show("x-plugin", String.UTF8.decode(get_property("plugin_name")));
  show("x-port", load<u64>(changetype<usize>(get_property("source\0port"))).toString());
  set_property("guest", String.UTF8.encode("set"));
  show("x-set", String.UTF8.decode(get_property("guest")));
}
