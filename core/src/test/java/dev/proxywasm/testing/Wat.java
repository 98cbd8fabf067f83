package dev.proxywasm.testing;

import dev.proxywasm.internal.module.WebAssemblyText;
import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.module.source.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Turns WebAssembly text into modules; each text once, and what came of it is kept for other JVMs and the next build. */
public final class Wat {

    /** Whose value is where that is: forked JVMs run elsewhere. */
    static final String DIRECTORY_PROPERTY = "proxywasm.test.wat";

    static final Path DIRECTORY =
            Path.of(System.getProperty(DIRECTORY_PROPERTY, "target/wat")).toAbsolutePath();

    private static final Map<String, byte[]> COMPILED = new ConcurrentHashMap<>();

    private Wat() {}

    /** The module that {@code text} describes. */
    public static byte[] compile(String text) {
        return COMPILED.computeIfAbsent(text, Wat::translate).clone();
    }

    private static byte[] translate(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Path kept = DIRECTORY.resolve(Sha256.of(bytes) + ".wasm");
        try {
            if (Files.exists(kept)) {
                return Files.readAllBytes(kept);
            }
            byte[] module = WebAssemblyText.translate(bytes);
            Path written = Files.createTempFile(Files.createDirectories(DIRECTORY), "new", "");
            Files.move(Files.write(written, module), kept, StandardCopyOption.ATOMIC_MOVE);
            return module;
        } catch (ModuleException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The module of the fixture {@code wat/<name>.wat} among the test resources. */
    public static byte[] module(String name) {
        return compile(text(name));
    }

    /** The text of the fixture {@code wat/<name>.wat}. */
    public static String text(String name) {
        String resource = "/wat/" + name + ".wat";
        try (InputStream in = Wat.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no test resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
