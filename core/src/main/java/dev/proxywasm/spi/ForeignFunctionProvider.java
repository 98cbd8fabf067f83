package dev.proxywasm.spi;

import java.util.Map;

/**
 * Foreign functions that come with a library: found by {@link java.util.ServiceLoader} when a host starts, with the class loader that the
 * host was given.
 */
public interface ForeignFunctionProvider {

    /** The functions by name. They take the place of built-in ones, and give way to those of {@code ProxyWasm.builder()}. */
    Map<String, ForeignFunction> functions();
}
