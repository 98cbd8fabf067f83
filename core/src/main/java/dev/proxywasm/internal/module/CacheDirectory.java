package dev.proxywasm.internal.module;

import dev.proxywasm.CacheConfig;
import dev.proxywasm.internal.module.cache.DirectoryCache;
import dev.proxywasm.internal.module.cache.ModuleCache;
import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the cache is: as configured, or else where this user's caches are, or else in the temporary directory. */
final class CacheDirectory {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.module");
    private static final String NAME = "proxy-wasm";

    private CacheDirectory() {}

    /**
     * The cache.
     *
     * @throws ModuleException if a directory is configured, and cannot be used
     */
    static ModuleCache open(CacheConfig config, Path baseDirectory) throws ModuleException {
        if (!config.enabled()) {
            return ModuleCache.NONE;
        }
        if (config.directory().isEmpty()) {
            return openFirst(config, defaults(System.getProperty("os.name", ""), System.getenv(), Properties.OF_JVM));
        }
        try {
            return open(baseDirectory.resolve(config.directory()), config);
        } catch (IOException | IllegalArgumentException e) {
            throw new ModuleException(
                    "cannot be fetched: the cache cannot be used: " + reason(e) + "; correct 'cache.directory'", e);
        }
    }

    /** The first that can be used. None is a reason not to run: a file system may be read-only, and a user without a home. */
    static ModuleCache openFirst(CacheConfig config, List<Path> directories) {
        for (Path directory : directories) {
            try {
                return open(directory, config);
            } catch (IOException e) {
                LOG.debug("{} is no cache", directory, e);
            }
        }
        LOG.warn(
                "modules from other servers are not kept, so they are fetched at each start: none of {} can be used;"
                        + " set 'cache.directory'",
                directories);
        return ModuleCache.NONE;
    }

    private static ModuleCache open(Path directory, CacheConfig config) throws IOException {
        return new DirectoryCache(directory, config.maxBytes(), config.maxAge(), InstantSource.system());
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Asks for properties of the JVM; absent ones are empty. */
    @FunctionalInterface
    interface Properties {
        Properties OF_JVM = name -> System.getProperty(name, "");

        String get(String name);
    }

    /** Where caches of a user are on this kind of system, the best place first. */
    static List<Path> defaults(String os, Map<String, String> environment, Properties properties) {
        Path home = Path.of(properties.get("user.home"));
        Path caches = home.resolve(".cache");
        String lower = os.toLowerCase(Locale.ROOT);
        if (lower.contains("mac")) {
            caches = home.resolve("Library").resolve("Caches");
        } else if (lower.contains("windows")) {
            caches = Path.of(environment.getOrDefault("LOCALAPPDATA", home.toString()));
        } else if (environment.getOrDefault("XDG_CACHE_HOME", "").startsWith("/")) {
            caches = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
        }
        Path temporary = Path.of(properties.get("java.io.tmpdir"), NAME + "-" + properties.get("user.name"));
        return home.isAbsolute() ? List.of(caches.resolve(NAME), temporary) : List.of(temporary);
    }
}
