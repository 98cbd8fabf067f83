package dev.proxywasm.internal.config;

import dev.proxywasm.ConfigurationException;

/** How the value of a key is read. */
@FunctionalInterface
interface ValueType<T> {

    /**
     * The value.
     *
     * @throws ConfigurationException naming the place, what was found and what was expected
     */
    T read(Located value);
}
