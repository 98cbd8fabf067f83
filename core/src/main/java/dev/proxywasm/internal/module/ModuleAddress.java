package dev.proxywasm.internal.module;

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

    /** Where it leads.
     *
     * @throws ModuleException if it leads nowhere that this version knows
     */
    ModuleSource source(Path baseDirectory, ClassLoader classLoader) throws ModuleException {
        Matcher matcher = SCHEME.matcher(text);
        if (!matcher.matches()) {
            return file(baseDirectory, text);
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "classpath" -> new ClasspathSource(matcher.group(2), classLoader);
            case "file" -> fileUrl(baseDirectory, matcher.group(2));
            case "http", "https", "oci" ->
                throw new ModuleException("cannot be fetched: '" + scheme
                        + ":' is not supported by this version; download it, and name the file");
            default ->
                throw new ModuleException(
                        "cannot be fetched: '" + scheme + ":' is unknown; name a path, file: or classpath:");
        };
    }

    /** As messages show it: without user and password. */
    String display() {
        return text.replaceFirst("//[^/@]*@", "//***@");
    }

    private static ModuleSource fileUrl(Path baseDirectory, String afterScheme) throws ModuleException {
        URI uri;
        try {
            uri = new URI("file:" + afterScheme);
        } catch (URISyntaxException e) {
            // A space or a backslash: people write paths, and mean them.
            return file(baseDirectory, afterScheme);
        }
        if (uri.isOpaque()) {
            return file(baseDirectory, uri.getSchemeSpecificPart());
        }
        try {
            return new FileSource(Path.of(uri));
        } catch (IllegalArgumentException e) {
            throw new ModuleException(
                    "is no file URL: " + e.getMessage() + "; write file:/absolute/path or a plain path", e);
        }
    }

    private static ModuleSource file(Path baseDirectory, String path) throws ModuleException {
        try {
            return new FileSource(baseDirectory.resolve(path));
        } catch (IllegalArgumentException e) {
            throw new ModuleException("is no path: " + e.getMessage(), e);
        }
    }
}
