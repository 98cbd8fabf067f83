package dev.proxywasm.internal.config;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.internal.config.Setting.Entry;
import dev.proxywasm.internal.config.Setting.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A YAML document with the one key {@value ConfigKeys#TOP}. */
public final class YamlDocument {

    private static final String EXPECTED = "an object with the key '" + ConfigKeys.TOP + "'";

    private YamlDocument() {}

    /**
     * What stands below the top key of a file.
     *
     * @throws ConfigurationException if the file cannot be read, is too large, or is not such a document
     */
    public static Setting read(Path file) {
        return belowTop(file.toString(), YamlText.of(file));
    }

    /**
     * What stands below the top key of a document. The stream is read to its end, and not closed.
     *
     * @param name names the document in messages
     * @throws ConfigurationException if it is too large, or is not such a document
     * @throws IOException from the stream
     */
    public static Setting read(String name, InputStream in) throws IOException {
        return belowTop(name, YamlText.of(name, in));
    }

    private static Setting belowTop(String name, String text) {
        Located document = new Located(new YamlTree(name).read(text), "");
        if (!(document.setting() instanceof Mapping mapping)) {
            throw document.unexpected(EXPECTED);
        }
        mapping.entries().forEach((key, entry) -> {
            if (!key.equals(ConfigKeys.TOP)) {
                throw new ConfigurationException(entry.keyOrigin().at(key) + ": unknown key; expected '"
                        + ConfigKeys.TOP + "' at the top, and everything else below it");
            }
        });
        Entry top = mapping.entries().get(ConfigKeys.TOP);
        if (top == null) {
            throw document.unexpected(EXPECTED);
        }
        return top.value();
    }
}
