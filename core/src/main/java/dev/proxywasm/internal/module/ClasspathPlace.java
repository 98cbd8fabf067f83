package dev.proxywasm.internal.module;

import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;

/** A resource that a class loader finds. */
record ClasspathPlace(String resource, ClassLoader classLoader) implements LocalPlace {

    ClasspathPlace {
        resource = resource.replaceFirst("^/+", "");
    }

    @Override
    public String text() {
        return "";
    }

    @Override
    public InputStream open() throws ModuleException, IOException {
        URL url = url();
        return isFile(url) ? file(url).open() : connect(url).getInputStream();
    }

    private URL url() throws ModuleException {
        URL url = classLoader.getResource(resource);
        if (url == null) {
            throw new ModuleException(
                    "is not on the class path; package it there as '" + resource + "', or correct 'module'");
        }
        return url;
    }

    private static boolean isFile(URL url) {
        return url.getProtocol().equals("file");
    }

    private static FilePlace file(URL url) throws ModuleException {
        try {
            return new FilePlace(Path.of(url.toURI()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new ModuleException("is found at " + url + ", which is no usable path", e);
        }
    }

    /** Without the cache, which would keep the jar open after the application has gone. */
    private static URLConnection connect(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection;
    }
}
