package dev.proxywasm.internal.foreign;

import java.util.HashMap;
import java.util.Map;

/** What a plugin's guest declared of the properties that it sets. One a VM; confined to it. */
public final class DeclaredProperties {

    private final Map<String, Boolean> readOnly = new HashMap<>();

    /** Declares a property; tells whether it had not been declared before. */
    boolean declare(String name, boolean isReadOnly) {
        return readOnly.putIfAbsent(name, isReadOnly) == null;
    }

    /** Whether a property may be set only once. */
    public boolean isReadOnly(String name) {
        return readOnly.getOrDefault(name, false);
    }
}
