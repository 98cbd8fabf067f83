package dev.proxywasm.internal.engine.wasmtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.testing.ForkedJvm;
import dev.proxywasm.testing.ForkedJvm.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the native library gets into a JVM, and what it leaves on disk. */
class NativeLibraryTest {

    @TempDir
    private Path directory;

    @Test
    @DisabledOnOs(OS.WINDOWS) // which keeps the file of a loaded library
    void leavesNothingInTheTemporaryDirectory() throws IOException {
        Outcome outcome = ForkedJvm.shortLived(NativeLibraryScenario.class)
                .with("-Djava.io.tmpdir=" + directory)
                .run();
        assertThat(outcome.output()).contains("answer 42");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void unpacksWhereThePropertySays() throws IOException {
        Outcome outcome = ForkedJvm.shortLived(NativeLibraryScenario.class)
                .with("-Djava.io.tmpdir=/nowhere", "-Ddev.proxywasm.native-directory=" + directory)
                .run();
        assertThat(outcome.output()).contains("answer 42");
    }

    @Test
    void namesTheDirectoryAndTheCureWhenItCannotUnpack() {
        Path missing = directory.resolve("missing");
        Outcome outcome = ForkedJvm.shortLived(NativeLibraryScenario.class)
                .with("-Djava.io.tmpdir=" + missing)
                .run();
        assertThat(outcome.output()).contains("refused: ", missing.toString(), "-Ddev.proxywasm.native-directory");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void keepsCompiledCodeInAPrivateCacheDirectory() throws IOException {
        Path cache = directory.resolve("cache");
        for (int i = 0; i < 2; i++) {
            assertThat(ForkedJvm.shortLived(NativeLibraryScenario.class)
                            .run(cache.toString())
                            .output())
                    .contains("answer 42");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                .isEqualTo("rwx------");
        try (var files = Files.walk(cache)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .as("the configuration and compiled code, no library")
                    .hasSizeGreaterThan(1)
                    .noneMatch(name -> name.endsWith(".so") || name.endsWith(".dylib"));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void refusesACacheDirectoryThatOthersMayWrite() throws IOException {
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwx---"));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> new WasmtimeEngine(WasmtimeEngine.Options.DEFAULT.withCacheDirectory(shared)))
                .withMessageContainingAll(shared.toString(), "chmod 700");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, libwasmtime_jni_1_linux_x86_64.so",
        "Linux, aarch64, libwasmtime_jni_1_linux_aarch64.so",
        "Mac OS X, aarch64, libwasmtime_jni_1_macos_aarch64.dylib",
        "Mac OS X, x86_64, libwasmtime_jni_1_macos_x86_64.dylib",
        "Windows 11, amd64, wasmtime_jni_1_windows_x86_64.dll"
    })
    void namesTheLibraryOfAPlatform(String os, String arch, String library) {
        assertThat(Platform.of(os, arch).libraryName("1")).isEqualTo(library);
    }

    @ParameterizedTest
    @CsvSource({"Linux, riscv64", "Linux, x86", "Windows 11, aarch64", "AIX, ppc64", "FreeBSD, amd64"})
    void refusesAPlatformWithoutLibrary(String os, String arch) {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Platform.of(os, arch))
                .withMessageContainingAll(os, arch, "x86_64 and aarch64");
    }
}
