package dev.proxywasm;

import java.nio.file.Path;
import java.util.List;

/** A main class: starts a host whose plugin asks for the engine that the argument names, and says what came of it. */
final class EngineScenario {

    private EngineScenario() {}

    public static void main(String[] arguments) {
        PluginConfig plugin = PluginConfig.builder("small", "classpath:wat/stream/recorder.wat")
                .engine(Engine.valueOf(arguments[0]))
                .build();
        ProxyWasmConfig config = new ProxyWasmConfig(true, List.of(plugin), Path.of(""));
        try (ProxyWasm host = ProxyWasm.start(config, EngineScenario.class.getClassLoader())) {
            System.out.println("started " + host.plugins().size());
        } catch (PluginLoadException refused) {
            System.out.println("refused: " + refused.getMessage());
        }
    }
}
