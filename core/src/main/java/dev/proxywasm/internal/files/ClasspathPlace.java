package dev.proxywasm.internal.files;

import dev.proxywasm.internal.files.PlaceException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;

/**
 * A resource that a class loader finds.
 *
 * @param resource its name, without a slash at its beginning
 * @param classLoader finds it
 */
public record ClasspathPlace(String resource, ClassLoader classLoader) implements LocalPlace {

    /** Takes leading slashes away. */
    public ClasspathPlace {
        resource = resource.replaceFirst("^/+", "");
    }

    @Override
    public String text() {
        return "";
    }

    @Override
    public InputStream open() throws IOException {
        URL url = url();
        return isFile(url) ? file(url).open() : connect(url).getInputStream();
    }

    private URL url() throws PlaceException {
        URL url = classLoader.getResource(resource);
        if (url == null) {
            throw new PlaceException(
                    Problem.NO_RESOURCE, "is not on the class path; package it there as '" + resource + "'", null);
        }
        return url;
    }

    private static boolean isFile(URL url) {
        return url.getProtocol().equals("file");
    }

    private static FilePlace file(URL url) throws PlaceException {
        try {
            return new FilePlace(Path.of(url.toURI()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new PlaceException(Problem.OTHER, "is found at " + url + ", which is no usable path", e);
        }
    }

    /** Without the cache, which would keep the jar open after the application has gone. */
    private static URLConnection connect(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection;
    }
}
