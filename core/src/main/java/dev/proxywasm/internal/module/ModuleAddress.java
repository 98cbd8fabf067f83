package dev.proxywasm.internal.module;

import dev.proxywasm.internal.module.source.ModuleException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a module as it was configured: a path, or a URL. */
record ModuleAddress(String text) {

    /** At least two letters: one is a drive of Windows. */
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);

    /** The scheme in lower case; {@code file} if there is none. */
    String scheme() {
        Matcher matcher = SCHEME.matcher(text);
        return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "file";
    }

    /** What follows the scheme and its colon. */
    String afterScheme() {
        Matcher matcher = SCHEME.matcher(text);
        return matcher.matches() ? matcher.group(2) : text;
    }

    /**
     * The file that it names.
     *
     * @throws ModuleException if it is no path
     */
    FilePlace file(Path baseDirectory) throws ModuleException {
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

    /**
     * The URL that it is.
     *
     * @throws ModuleException if it is none
     */
    URI url() throws ModuleException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Its message quotes the text, in which a password may stand.
            throw new ModuleException("is no URL: " + e.getReason() + " at character " + (e.getIndex() + 1)
                    + "; write spaces and the like as %20");
        }
    }

    private static FilePlace fileUrl(URI uri) throws ModuleException {
        try {
            return new FilePlace(Path.of(uri));
        } catch (IllegalArgumentException e) {
            throw new ModuleException(
                    "is no file URL: " + e.getMessage() + "; write file:/absolute/path or a plain path", e);
        }
    }

    private static FilePlace file(Path baseDirectory, String path) throws ModuleException {
        try {
            return new FilePlace(baseDirectory.resolve(path));
        } catch (IllegalArgumentException e) {
            throw new ModuleException("is no path: " + e.getMessage(), e);
        }
    }
}
