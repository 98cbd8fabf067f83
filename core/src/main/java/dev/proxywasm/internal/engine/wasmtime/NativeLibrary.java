package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.EngineException;
import io.github.kawamuray.wasmtime.NativeLibraryLoader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Loads the engine's native library, once per class loader.
 *
 * <p>The binding would unpack 18 MB into the temporary directory at each start and leave them there. So this class unpacks it into a
 * directory of its own, loads it, deletes both, and tells the binding that it need not do anything. (Windows keeps the file of a loaded
 * library until the process has ended.)
 */
final class NativeLibrary {

    /** The system property that names a directory to unpack into, when the temporary directory does not allow execution. */
    static final String DIRECTORY_PROPERTY = "dev.proxywasm.native-directory";

    private static final Path MEMORY_MAP = Path.of("/proc/self/maps");

    private static boolean loaded;

    private NativeLibrary() {}

    /**
     * Loads the library unless it is loaded.
     *
     * @param directory where to unpack it, or null for {@link #DIRECTORY_PROPERTY}, or else the temporary directory
     * @throws EngineException if there is none for this platform, or it cannot be unpacked or loaded
     */
    static synchronized void load(@Nullable Path directory) {
        if (loaded) {
            return;
        }
        Platform platform = Platform.of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        refuseMusl();
        if (isBindingElsewhere()) {
            letBindingLoad();
        } else {
            load(
                    platform.libraryName(version()),
                    directory == null ? defaultDirectory() : CompileCache.openDirectory(directory));
            tellBinding();
        }
        loaded = true;
    }

    /**
     * A library belongs to the class loader of the class that loads it, and is of use to classes of that loader only. Another one may have the
     * binding: that of devtools changes with each restart, and a server may have libraries that its applications share.
     */
    private static boolean isBindingElsewhere() {
        return NativeLibraryLoader.class.getClassLoader() != NativeLibrary.class.getClassLoader();
    }

    /** Once for all who share it; it unpacks in its own way. */
    private static void letBindingLoad() {
        try {
            NativeLibraryLoader.init();
        } catch (RuntimeException | UnsatisfiedLinkError e) {
            throw new EngineException("wasmtime-java cannot load its native library: " + e, e);
        }
    }

    private static Path defaultDirectory() {
        return Path.of(System.getProperty(DIRECTORY_PROPERTY, System.getProperty("java.io.tmpdir", ".")));
    }

    /** The libraries are linked against glibc; with musl, loading one would crash or fail with a riddle. */
    private static void refuseMusl() {
        try {
            if (Files.isReadable(MEMORY_MAP) && Files.readString(MEMORY_MAP).contains("/ld-musl-")) {
                throw new EngineException(
                        "there is no Wasm engine for musl libc (Alpine): run on an image with glibc, such as Debian, Ubuntu or UBI");
            }
        } catch (IOException e) {
            throw new EngineException("cannot read %s: %s".formatted(MEMORY_MAP, e), e);
        }
    }

    private static void load(String name, Path directory) {
        Path own = null;
        Path file = null;
        try {
            own = Files.createTempDirectory(directory, "proxy-wasm-");
            file = own.resolve(name);
            unpack(name, file);
            System.load(file.toAbsolutePath().toString());
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new EngineException(
                    "cannot load the Wasm engine's native library from directory %s: %s. It needs 20 MB there and a file system that is not mounted noexec: name another directory with -D%s=..., or configure a cache directory"
                            .formatted(directory, e.getMessage(), DIRECTORY_PROPERTY),
                    e);
        } finally {
            delete(file);
            delete(own);
        }
    }

    private static void unpack(String name, Path file) throws IOException {
        try (InputStream library = resource("/" + name)) {
            Files.copy(library, file);
        }
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = resource("/wasmtime-java-meta.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new EngineException("cannot read the version of the Wasm engine: " + e, e);
        }
        return properties.getProperty("jnilib.version", "");
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = NativeLibraryLoader.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException(name + " is missing in wasmtime-java: was the jar stripped of other platforms?");
        }
        return in;
    }

    private static void delete(@Nullable Path path) {
        if (path != null && !path.toFile().delete()) {
            path.toFile().deleteOnExit();
        }
    }

    private static void tellBinding() {
        try {
            Field flag = NativeLibraryLoader.class.getDeclaredField("loaded");
            flag.setAccessible(true);
            flag.setBoolean(null, true);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new EngineException(
                    "cannot tell wasmtime-java that its library is loaded: use version 0.19.0 of it, on the class path",
                    e);
        }
    }
}
