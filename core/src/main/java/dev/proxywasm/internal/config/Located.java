package dev.proxywasm.internal.config;

import dev.proxywasm.ConfigurationException;
import java.util.function.Supplier;

/**
 * A setting and the key path by which it was reached. The path is not part of the setting: by a YAML alias, one setting stands at several
 * paths.
 */
record Located(Setting setting, String path) {

    Located item(int index, Setting item) {
        return new Located(item, path + "[" + index + "]");
    }

    Located child(String key, Setting value) {
        return new Located(value, childPath(key));
    }

    String childPath(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** For a value of the wrong form; {@code expected} says which form is right. */
    ConfigurationException unexpected(String expected) {
        return error("found " + setting.found() + ", expected " + expected);
    }

    ConfigurationException error(String problem) {
        return new ConfigurationException(setting.origin().at(path) + ": " + problem);
    }

    /** What is made of the whole of this, or at this place the reason why nothing can be. */
    <T> T whole(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException refused) {
            throw error(String.valueOf(refused.getMessage()));
        }
    }
}
