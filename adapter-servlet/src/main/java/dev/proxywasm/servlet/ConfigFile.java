package dev.proxywasm.servlet;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ProxyWasmConfigReader;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A YAML file of the web application, of its class path or of the file system. */
final class ConfigFile {

    private static final String CLASSPATH = "classpath:";

    private final ServletContext context;

    ConfigFile(ServletContext context) {
        this.context = context;
    }

    /**
     * Reads the file at {@code /WEB-INF/...}, {@code classpath:...}, {@code file:...} or a path.
     *
     * @throws ConfigurationException if it is not there or cannot be used
     */
    ProxyWasmConfig read(String location) {
        if (!location.startsWith(CLASSPATH) && !isInContext(location)) {
            return ProxyWasmConfigReader.yaml(filePath(location));
        }
        try (InputStream in = open(location)) {
            if (in == null) {
                throw new ConfigurationException(location + ": there is no such file in the web application");
            }
            return ProxyWasmConfigReader.yaml(location, in, directory(location));
        } catch (IOException e) {
            throw new ConfigurationException(location + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether there is a file of the web application or of its class path. */
    boolean exists(String location) {
        try (InputStream in = open(location)) {
            return in != null;
        } catch (IOException e) {
            throw new ConfigurationException(location + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The path in the file system of a path in the web application.
     *
     * @throws ConfigurationException if the application is served from an archive
     */
    Path inFileSystem(String contextPath) {
        String path = context.getRealPath(contextPath);
        if (path == null) {
            throw new ConfigurationException(contextPath
                    + " is not in the file system, because the web application is served from its archive; put it below"
                    + " WEB-INF/classes and name it as classpath:");
        }
        return Path.of(path);
    }

    static boolean isInContext(String location) {
        return location.startsWith("/WEB-INF/");
    }

    private @Nullable InputStream open(String location) {
        return location.startsWith(CLASSPATH)
                ? ApplicationClasses.of(context).getResourceAsStream(location.substring(CLASSPATH.length()))
                : context.getResourceAsStream(location);
    }

    /** What modules are relative to: the file's directory if it has one. */
    private Path directory(String location) {
        String path = isInContext(location) ? context.getRealPath(location) : null;
        Path directory = path == null ? null : Path.of(path).getParent();
        return directory == null ? Path.of("").toAbsolutePath() : directory;
    }

    private static Path filePath(String location) {
        try {
            return location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    location + " is no file name: " + e.getMessage() + "; write a path, or file:///path", e);
        }
    }
}
