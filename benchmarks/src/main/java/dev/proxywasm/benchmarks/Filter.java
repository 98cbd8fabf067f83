package dev.proxywasm.benchmarks;

import java.nio.file.Path;

/**
 * A filter to measure.
 *
 * @param name begins the names of its figures
 * @param module absolute path of the binary module
 * @param responseHeader what it adds to every response
 */
record Filter(String name, Path module, String responseHeader) {}
