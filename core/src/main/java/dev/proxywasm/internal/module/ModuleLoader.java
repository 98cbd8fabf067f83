package dev.proxywasm.internal.module;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginLoadException;
import dev.proxywasm.internal.wasm.ModuleFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Fetches the modules of plugins. Safe for use by several threads. */
public final class ModuleLoader {

    private static final int MAX_MEBIBYTES = 256;

    private final Path baseDirectory;
    private final ClassLoader classLoader;
    private final int maxBytes;

    /**
     * Fetches nothing yet.
     *
     * @param baseDirectory what relative paths are relative to
     * @param classLoader finds {@code classpath:} modules
     */
    public ModuleLoader(Path baseDirectory, ClassLoader classLoader) {
        this(baseDirectory, classLoader, MAX_MEBIBYTES * 1024 * 1024);
    }

    /** With another limit than 256 MiB. */
    ModuleLoader(Path baseDirectory, ClassLoader classLoader, int maxBytes) {
        this.baseDirectory = baseDirectory;
        this.classLoader = classLoader;
        this.maxBytes = maxBytes;
    }

    /**
     * The module of a plugin, up to 256 MiB, with the digest that the plugin asks for, translated if it is text.
     *
     * @throws PluginLoadException naming plugin, address and cure
     */
    public LoadedModule load(PluginConfig plugin) {
        ModuleAddress address = new ModuleAddress(plugin.module());
        ModuleSource source;
        try {
            source = address.source(baseDirectory, classLoader);
        } catch (ModuleException e) {
            throw failure(plugin, address.display(), e);
        }
        return load(plugin, address, source);
    }

    /** The file that a plugin's module is in, or would be; empty for a module that is in none. */
    public Optional<Path> fileOf(PluginConfig plugin) {
        try {
            ModuleSource source = new ModuleAddress(plugin.module()).source(baseDirectory, classLoader);
            return source instanceof FileSource file ? Optional.of(file.file()) : Optional.empty();
        } catch (ModuleException leadsNowhere) {
            return Optional.empty();
        }
    }

    /** From a source that the address leads to. */
    LoadedModule load(PluginConfig plugin, ModuleAddress address, ModuleSource source) {
        try {
            byte[] bytes = read(source);
            String digest = sha256(bytes);
            requireDigest(plugin.sha256(), digest);
            String place = source.place().isEmpty() ? address.display() : source.place();
            return new LoadedModule(binary(bytes), digest, place);
        } catch (ModuleException e) {
            throw failure(plugin, nameOf(address, source), e);
        } catch (IOException e) {
            throw failure(plugin, nameOf(address, source), unreadable(e));
        }
    }

    private static ModuleException unreadable(IOException e) {
        if (e instanceof NoSuchFileException) {
            return new ModuleException("does not exist; build the filter, or correct 'module'", e);
        }
        if (e instanceof AccessDeniedException) {
            return new ModuleException("may not be read by this process; give it read permission", e);
        }
        return new ModuleException("cannot be read: " + e.getMessage(), e);
    }

    private static String nameOf(ModuleAddress address, ModuleSource source) {
        boolean saysAll = source.place().isEmpty() || source.place().equals(address.text());
        return address.display() + (saysAll ? "" : " (looked for at " + source.place() + ")");
    }

    private static PluginLoadException failure(PluginConfig plugin, String module, ModuleException problem) {
        return new PluginLoadException(
                "plugin '" + plugin.name() + "': module " + module + " " + problem.getMessage(), problem.getCause());
    }

    private byte[] read(ModuleSource source) throws ModuleException, IOException {
        try (InputStream in = source.open()) {
            byte[] bytes = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw new ModuleException("is larger than " + maxBytes
                        + " bytes, the most that is loaded; build it smaller," + " without debug information");
            }
            return bytes;
        }
    }

    private static void requireDigest(String expected, String actual) throws ModuleException {
        if (!expected.isEmpty() && !expected.equalsIgnoreCase(actual)) {
            throw new ModuleException("has sha256 " + actual + ", but " + expected
                    + " is configured; if the new module is meant, correct 'sha256'");
        }
    }

    private static byte[] binary(byte[] bytes) throws ModuleException {
        ModuleFormat format = ModuleFormat.of(bytes);
        return switch (format) {
            case BINARY -> bytes;
            case TEXT -> WebAssemblyText.translate(bytes);
            case UNKNOWN -> throw new ModuleException("is of no known format; expected a WebAssembly binary or text");
            default -> throw new ModuleException("is " + format.description());
        };
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
