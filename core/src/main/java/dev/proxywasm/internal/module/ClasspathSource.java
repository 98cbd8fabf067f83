package dev.proxywasm.internal.module;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;

/** A module that a class loader finds. */
record ClasspathSource(String resource, ClassLoader classLoader) implements ModuleSource {

    ClasspathSource {
        resource = resource.replaceFirst("^/+", "");
    }

    @Override
    public String place() {
        return "";
    }

    @Override
    public InputStream open() throws ModuleException, IOException {
        URL url = classLoader.getResource(resource);
        if (url == null) {
            throw new ModuleException(
                    "is not on the class path; package it there as '" + resource + "', or correct 'module'");
        }
        return url.getProtocol().equals("file") ? new FileSource(path(url)).open() : open(url);
    }

    private static Path path(URL url) throws ModuleException {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new ModuleException("is found at " + url + ", which is no usable path", e);
        }
    }

    /** Without the cache, which would keep the jar open after the application has gone. */
    private static InputStream open(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }
}
