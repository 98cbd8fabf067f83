package dev.proxywasm.internal.config;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.internal.config.Setting.Entry;
import dev.proxywasm.internal.config.Setting.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A YAML document with the one key {@value ConfigKeys#TOP}. */
public final class YamlDocument {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final String EXPECTED = "an object with the key '" + ConfigKeys.TOP + "'";

    private YamlDocument() {}

    /**
     * What stands below the top key of a file.
     *
     * @throws ConfigurationException if the file cannot be read, is too large, or is not such a document
     */
    public static Setting read(Path file) {
        if (Files.isDirectory(file)) {
            throw unreadable(file, "is a directory; name the file in it", null);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "does not exist; create it, or correct the path", e);
        } catch (AccessDeniedException e) {
            throw unreadable(file, "may not be read by this process; give it read permission", e);
        } catch (IOException e) {
            throw unreadable(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * What stands below the top key of a document. The stream is read to its end, and not closed.
     *
     * @param name names the document in messages
     * @throws ConfigurationException if it is too large, or is not such a document
     * @throws IOException from the stream
     */
    public static Setting read(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new ConfigurationException(name + ": more than 1 MiB; a configuration is not that large");
        }
        return belowTop(new Located(new YamlTree(name).read(decode(name, bytes)), ""));
    }

    private static Setting belowTop(Located document) {
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

    private static String decode(String name, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(name + ": not UTF-8 text; save it in that encoding", e);
        }
    }

    private static ConfigurationException unreadable(Path file, String problem, @Nullable IOException cause) {
        Path absolute = file.toAbsolutePath().normalize();
        String place = absolute.equals(file) ? "" : " (looked for at " + absolute + ")";
        return new ConfigurationException("configuration file " + file + place + " " + problem, cause);
    }
}
