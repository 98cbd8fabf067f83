package dev.proxywasm.abi;

/** What a metric measures; the ordinal is the ABI's number. */
public enum MetricType {
    /** 0: a sum that only grows. */
    COUNTER,
    /** 1: a value that rises and falls. */
    GAUGE,
    /** 2: a distribution of values. */
    HISTOGRAM
}
