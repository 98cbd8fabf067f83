package dev.proxywasm.internal.config;

/** Something that is being configured, key after key, from defaults that are right. */
@FunctionalInterface
interface Draft {

    /**
     * Called after each key, so that a value that the model refuses is reported at its own place.
     *
     * @throws IllegalArgumentException if what was set so far is not right
     */
    void check();
}
