package dev.proxywasm.internal.config;

import dev.proxywasm.ConfigurationException;
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

/** The text of configuration files: UTF-8, up to 1 MiB, without a byte order mark. */
final class YamlText {

    private static final int MAX_BYTES = 1024 * 1024;

    private YamlText() {}

    /**
     * The text of a file.
     *
     * @throws ConfigurationException if it cannot be read, is too large, or is no text
     */
    static String of(Path file) {
        if (Files.isDirectory(file)) {
            throw unreadable(file, "is a directory; name the file in it", null);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return of(file.toString(), in);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "does not exist; create it, or correct the path", e);
        } catch (AccessDeniedException e) {
            throw unreadable(file, "may not be read by this process; give it read permission", e);
        } catch (IOException e) {
            throw unreadable(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The text of a stream, which is read to its end, and not closed.
     *
     * @param name names it in messages
     * @throws ConfigurationException if it is too large, or is no text
     * @throws IOException from the stream
     */
    static String of(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new ConfigurationException(name + ": more than 1 MiB; a configuration is not that large");
        }
        return decode(name, bytes);
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
