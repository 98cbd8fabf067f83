package dev.proxywasm.internal.service;

import dev.proxywasm.abi.MetricType;
import dev.proxywasm.spi.Metric;
import java.util.concurrent.atomic.AtomicLong;

/** One metric with its value: 64 bits, which counters and histograms read as unsigned. */
public final class MetricCell implements Metric {

    private final int id;
    private final MetricType type;
    private final String name;
    private final AtomicLong value = new AtomicLong();
    private final AtomicLong count = new AtomicLong();

    MetricCell(int id, MetricType type, String name) {
        this.id = id;
        this.type = type;
        this.name = name;
    }

    /** The number by which guests know it. */
    public int id() {
        return id;
    }

    @Override
    public MetricType type() {
        return type;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long value() {
        return value.get();
    }

    @Override
    public long count() {
        return count.get();
    }

    /** Adds to a counter or, less than nothing too, to a gauge. */
    public void add(long offset) {
        value.addAndGet(offset);
    }

    /** Gives a gauge a value. */
    public void set(long newValue) {
        value.set(newValue);
    }

    /** Notes a value in a histogram. */
    void record(long sample) {
        value.addAndGet(sample);
        count.incrementAndGet();
    }

    @Override
    public String toString() {
        return type + " " + name;
    }
}
