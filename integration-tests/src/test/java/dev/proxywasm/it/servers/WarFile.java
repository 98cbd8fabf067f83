package dev.proxywasm.it.servers;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.servlet.ProxyWasmFilter;
import dev.proxywasm.testing.Wat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.snakeyaml.engine.v2.api.Load;

/** The web application with everything that it needs inside, as users would build it: adapter and core are libraries of it. */
final class WarFile {

    private static final List<String> MODULES =
            List.of("header-operation", "body", "deny", "pause", "misbehave", "echo-own-header");

    private WarFile() {}

    static void write(Path file) throws IOException {
        try (ZipOutputStream war = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : List.of("web.xml", "microprofile-config.properties")) {
                String folder = name.equals("web.xml") ? "WEB-INF/" : "WEB-INF/classes/META-INF/";
                add(war, folder + name, resource("/servers/" + name));
            }
            String application = RemoteApplication.class.getName().replace('.', '/') + ".class";
            add(war, "WEB-INF/classes/" + application, resource("/" + application));
            for (String module : MODULES) {
                add(war, "WEB-INF/classes/wat/" + module + ".wasm", Wat.module(module));
            }
            addLibraries(war);
        }
    }

    private static void addLibraries(ZipOutputStream war) throws IOException {
        addLibrary(war, "core", ProxyWasm.class);
        addLibrary(war, "servlet", ProxyWasmFilter.class);
        addLibrary(war, "wasmtime", io.github.kawamuray.wasmtime.Engine.class);
        addLibrary(war, "snakeyaml-engine", Load.class);
        addLibrary(war, "slf4j", Logger.class);
    }

    /** The jar that has the class; in a build that has made no jar yet, a jar of the folder that has it. */
    private static void addLibrary(ZipOutputStream war, String name, Class<?> type) throws IOException {
        Path source = source(type);
        war.putNextEntry(new ZipEntry("WEB-INF/lib/" + name + ".jar"));
        if (Files.isDirectory(source)) {
            pack(source, war);
        } else {
            Files.copy(source, war);
        }
        war.closeEntry();
    }

    private static Path source(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pack(Path folder, OutputStream target) throws IOException {
        ZipOutputStream jar = new ZipOutputStream(target);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                add(jar, folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        jar.finish();
    }

    private static void add(ZipOutputStream target, String name, byte[] bytes) throws IOException {
        target.putNextEntry(new ZipEntry(name));
        target.write(bytes);
        target.closeEntry();
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(WarFile.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
