package dev.proxywasm.internal.config;

import java.util.function.BiConsumer;

/**
 * One row of a table of keys: all that is known about a configuration key.
 *
 * @param path the key, kebab-case; dots where it is nested
 * @param type how its value is read
 * @param defaultText what holds without it, as a user would write it; {@link #REQUIRED} if it must be there
 * @param meaning one phrase for the documentation
 * @param setter puts the value into what is being configured
 * @param <D> what is being configured
 * @param <T> type of the value
 */
record Key<D, T>(String path, ValueType<T> type, String defaultText, String meaning, BiConsumer<D, T> setter) {

    /** In place of a default. */
    static final String REQUIRED = "(required)";

    boolean isRequired() {
        return defaultText.equals(REQUIRED);
    }

    void bind(D draft, Located value) {
        setter.accept(draft, type.read(value));
    }
}
