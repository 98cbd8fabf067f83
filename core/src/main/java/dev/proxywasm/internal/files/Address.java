package dev.proxywasm.internal.files;

import dev.proxywasm.internal.files.PlaceException.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as it was configured: a path, or a URL.
 *
 * @param text as it was written
 */
public record Address(String text) {

    /** At least two letters: one is a drive of Windows. */
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);

    /** The scheme in lower case; {@code file} if there is none. */
    public String scheme() {
        Matcher matcher = SCHEME.matcher(text);
        return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "file";
    }

    /** What follows the scheme and its colon. */
    public String afterScheme() {
        Matcher matcher = SCHEME.matcher(text);
        return matcher.matches() ? matcher.group(2) : text;
    }

    /**
     * The file that it names.
     *
     * @throws PlaceException if it is no path
     */
    public FilePlace file(Path baseDirectory) throws PlaceException {
        if (!SCHEME.matcher(text).matches()) {
            return file(baseDirectory, text);
        }
        URI uri;
        try {
            uri = new URI("file:" + afterScheme());
        } catch (URISyntaxException e) {
            // A space or a backslash: people write paths, and mean them.
            return file(baseDirectory, afterScheme());
        }
        return uri.isOpaque() ? file(baseDirectory, uri.getSchemeSpecificPart()) : fileUrl(uri);
    }

    private static FilePlace fileUrl(URI uri) throws PlaceException {
        try {
            return new FilePlace(Path.of(uri));
        } catch (IllegalArgumentException e) {
            throw new PlaceException(
                    Problem.OTHER,
                    "is no file URL: " + e.getMessage() + "; write file:/absolute/path or a plain path",
                    e);
        }
    }

    private static FilePlace file(Path baseDirectory, String path) throws PlaceException {
        try {
            return new FilePlace(baseDirectory.resolve(path));
        } catch (IllegalArgumentException e) {
            throw new PlaceException(Problem.OTHER, "is no path: " + e.getMessage(), e);
        }
    }
}
