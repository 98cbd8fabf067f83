package dev.proxywasm.testing;

import dev.proxywasm.internal.module.WebAssemblyText;
import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Turns WebAssembly text into modules; each text once per JVM. */
public final class Wat {

    private static final Map<String, byte[]> COMPILED = new ConcurrentHashMap<>();

    private Wat() {}

    /** The module that {@code text} describes. */
    public static byte[] compile(String text) {
        return COMPILED.computeIfAbsent(text, Wat::translate).clone();
    }

    private static byte[] translate(String text) {
        try {
            return WebAssemblyText.translate(text.getBytes(StandardCharsets.UTF_8));
        } catch (ModuleException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
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
