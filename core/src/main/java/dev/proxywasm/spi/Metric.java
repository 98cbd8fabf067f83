package dev.proxywasm.spi;

import dev.proxywasm.abi.MetricType;

/**
 * A metric that guests have defined, with its present value. One name may stand for a metric of each type.
 *
 * <p>Names carry labels by convention only; {@link MetricLabels} reads them. Safe for use by several threads.
 */
public interface Metric {

    /** What it measures. */
    MetricType type();

    /** Its name, as the guest gave it. */
    String name();

    /** A counter's or gauge's value; the sum of what a histogram recorded. Counters and sums are unsigned. */
    long value();

    /** How many values a histogram recorded; 0 for other types. */
    long count();
}
