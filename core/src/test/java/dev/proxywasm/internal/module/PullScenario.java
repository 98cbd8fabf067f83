package dev.proxywasm.internal.module;

import dev.proxywasm.CacheConfig;
import dev.proxywasm.ModulesConfig;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.internal.module.cache.DirectoryCache;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What a process does that fetches, or that writes to the cache until someone ends it. */
final class PullScenario {

    static final String FETCH = "fetch";
    static final String WRITE = "write";
    private static final int MODULE_BYTES = 4 * 1024 * 1024;

    private PullScenario() {}

    /** Arguments: what to do, the cache, the address of a module. */
    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[1]);
        if (arguments[0].equals(FETCH)) {
            System.out.println("begin");
            LoadedModule module =
                    loader(cache).load(PluginConfig.builder("p", arguments[2]).build());
            System.out.println("fetched " + module.sha256());
        } else {
            write(cache);
        }
    }

    /** A loader that may fetch from loopback. */
    static ModuleLoader loader(Path cache) {
        CacheConfig config = new CacheConfig(true, cache.toString(), 1 << 30, Duration.ofDays(1));
        return new ModuleLoader(
                new ModulesConfig(Set.of("127.0.0.1"), Map.of(), config),
                Path.of("."),
                PullScenario.class.getClassLoader());
    }

    private static void write(Path directory) throws Exception {
        DirectoryCache cache = new DirectoryCache(directory, 1 << 30, Duration.ofDays(1), InstantSource.system());
        Random random = new Random();
        byte[] module = new byte[MODULE_BYTES];
        System.out.println("begin");
        for (int i = 0; i < 1000; i++) {
            random.nextBytes(module);
            cache.keep(module);
        }
    }
}
