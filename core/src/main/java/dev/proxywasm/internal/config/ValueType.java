package dev.proxywasm.internal.config;

import dev.proxywasm.ConfigurationException;

/** How the value of a key is read, and what it looks like. */
@FunctionalInterface
interface ValueType<T> {

    /**
     * The value.
     *
     * @throws ConfigurationException naming the place, what was found and what was expected
     */
    T read(Located value);

    /** What a value looks like, for documentation. */
    default ValueForm form() {
        return ValueForm.ANY;
    }
}
