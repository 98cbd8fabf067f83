package dev.proxywasm.it.contract;

import dev.proxywasm.Engine;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ProxyWasmConfigReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** Configurations for tests. */
public final class Plugins {

    private Plugins() {}

    /** Those that the contract is about, with an upstream on that port of this machine. */
    public static ProxyWasmConfig ofContract(int upstreamPort) {
        String name = "/contract/plugins.yaml";
        try (InputStream yaml = Plugins.class.getResourceAsStream(name)) {
            String text = new String(Objects.requireNonNull(yaml, name).readAllBytes(), StandardCharsets.UTF_8);
            return of(text.replace("UPSTREAM-PORT", Integer.toString(upstreamPort)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same plugins on that engine. */
    public static ProxyWasmConfig on(Engine engine, ProxyWasmConfig config) {
        return config.withPlugins(config.plugins().stream()
                .map(plugin -> plugin.toBuilder().engine(engine).build())
                .toList());
    }

    /** Those of a YAML text. */
    public static ProxyWasmConfig of(String yaml) {
        return ProxyWasmConfigReader.yaml(
                "test.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), Path.of(""));
    }
}
