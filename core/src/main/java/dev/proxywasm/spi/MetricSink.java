package dev.proxywasm.spi;

/**
 * Where metrics of guests are shown, besides {@code ProxyWasm.metrics()}.
 *
 * <p>The host keeps the values, since guests read them back; a sink reads them when it wants to, and is told of the single values of
 * histograms. It is called on threads that run guests and must not block. What it throws is logged and harms no guest.
 */
public interface MetricSink {

    /** A sink that shows nothing. */
    MetricSink NONE = metric -> {};

    /** A metric has been defined; told once a metric and host. */
    void defined(Metric metric);

    /** A histogram has recorded a value (unsigned). */
    default void recorded(Metric histogram, long value) {}
}
