package dev.proxywasm.internal.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.CacheConfig;
import dev.proxywasm.internal.module.cache.ModuleCache;
import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // where the paths of other systems are no absolute ones
class CacheDirectoryTest {

    private static final Map<String, String> PROPERTIES =
            Map.of("user.home", "/home/me", "user.name", "me", "java.io.tmpdir", "/tmp");

    @TempDir
    private Path directory;

    private static List<Path> defaults(String os, Map<String, String> environment) {
        return CacheDirectory.defaults(os, environment, name -> PROPERTIES.getOrDefault(name, ""));
    }

    @Test
    void isWhereCachesAreOnEachSystem() {
        Path temporary = Path.of("/tmp/proxy-wasm-me");
        assertThat(defaults("Linux", Map.of())).containsExactly(Path.of("/home/me/.cache/proxy-wasm"), temporary);
        assertThat(defaults("Linux", Map.of("XDG_CACHE_HOME", "/caches")))
                .containsExactly(Path.of("/caches/proxy-wasm"), temporary);
        assertThat(defaults("Linux", Map.of("XDG_CACHE_HOME", "relative")))
                .containsExactly(Path.of("/home/me/.cache/proxy-wasm"), temporary);
        assertThat(defaults("Mac OS X", Map.of()))
                .containsExactly(Path.of("/home/me/Library/Caches/proxy-wasm"), temporary);
        assertThat(defaults("Windows 11", Map.of("LOCALAPPDATA", "/local")))
                .containsExactly(Path.of("/local/proxy-wasm"), temporary);
        assertThat(CacheDirectory.defaults("Linux", Map.of(), name -> "?"))
                .as("a user without a home")
                .containsExactly(Path.of("?/proxy-wasm-?"));
    }

    @Test
    void isTheFirstThatCanBeUsedOrNone() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Path good = directory.resolve("good");
        ModuleCache second = CacheDirectory.openFirst(CacheConfig.DEFAULT, List.of(file, good));
        second.keep(new byte[] {1});
        assertThat(good.resolve("modules")).isNotEmptyDirectory();
        assertThat(CacheDirectory.openFirst(CacheConfig.DEFAULT, List.of(file))).isSameAs(ModuleCache.NONE);
    }

    @Test
    void isRelativeToTheConfigurationAndMustBeUsable() throws Exception {
        CacheConfig config = new CacheConfig(true, "caches/modules", 1, Duration.ofDays(1));
        CacheDirectory.open(config, directory);
        assertThat(directory.resolve("caches/modules/references")).isDirectory();
        Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> CacheDirectory.open(new CacheConfig(true, "file/x", 1, Duration.ofDays(1)), directory))
                .isInstanceOf(ModuleException.class)
                .hasMessageStartingWith("cannot be fetched: the cache cannot be used: " + directory.resolve("file"))
                .hasMessageEndingWith("; correct 'cache.directory'");
        assertThat(CacheDirectory.open(new CacheConfig(false, "file/x", 1, Duration.ofDays(1)), directory))
                .isSameAs(ModuleCache.NONE);
    }
}
