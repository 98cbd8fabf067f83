package dev.proxywasm.benchmarks.measure;

/**
 * Something to measure beside others.
 *
 * @param name of its figure
 * @param sequence what is repeated
 */
public record Contender(String name, Sequence sequence) {}
