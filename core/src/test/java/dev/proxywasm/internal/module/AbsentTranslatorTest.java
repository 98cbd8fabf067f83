package dev.proxywasm.internal.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginLoadException;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads modules by a class loader that has everything but the optional library. */
class AbsentTranslatorTest {

    @TempDir
    private Path base;

    @Test
    void textNamesTheDependencyToAdd() throws Exception {
        Files.writeString(base.resolve("x.wat"), "(module)");
        assertThat(loadWithoutLibrary("x.wat"))
                .isEqualTo("plugin 'waf': module x.wat (looked for at " + base.resolve("x.wat")
                        + ") is WebAssembly text, and its translator is not on the class path; add the dependency"
                        + " com.dylibso.chicory:wabt, or translate it with wat2wasm, and name the result");
    }

    @Test
    void binariesNeedNoLibrary() throws Exception {
        Files.write(base.resolve("x.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        assertThat(loadWithoutLibrary("x.wasm")).isEqualTo("8 bytes");
    }

    private String loadWithoutLibrary(String module) throws ReflectiveOperationException, IOException {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("chicory"))
                .map(AbsentTranslatorTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader isolated = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = Class.forName(Loading.class.getName(), true, isolated);
            assertThat(type).isNotSameAs(Loading.class);
            Constructor<?> constructor = type.getDeclaredConstructor();
            // Two class loaders make two packages of one name.
            constructor.setAccessible(true);
            @SuppressWarnings("unchecked") // it is the class below
            Function<Path[], String> loading = (Function<Path[], String>) constructor.newInstance();
            return loading.apply(new Path[] {base, Path.of(module)});
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }

    /** What runs inside the other class loader: base directory and module in, a message out. */
    static final class Loading implements Function<Path[], String> {

        Loading() {}

        @Override
        public String apply(Path[] baseAndModule) {
            PluginConfig plugin =
                    PluginConfig.builder("waf", baseAndModule[1].toString()).build();
            try {
                ModuleLoader loader = new ModuleLoader(baseAndModule[0], Loading.class.getClassLoader());
                return loader.load(plugin).binary().length + " bytes";
            } catch (PluginLoadException e) {
                return e.getMessage();
            }
        }
    }
}
