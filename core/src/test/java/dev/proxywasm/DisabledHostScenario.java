package dev.proxywasm;

import java.nio.file.Path;
import java.util.List;

/** Starts a host with one plugin; the argument says whether it is enabled. */
final class DisabledHostScenario {

    private DisabledHostScenario() {}

    public static void main(String[] arguments) {
        PluginConfig plugin =
                PluginConfig.builder("p", "classpath:wat/stream/echo.wat").build();
        ProxyWasmConfig config = new ProxyWasmConfig(Boolean.parseBoolean(arguments[0]), List.of(plugin), Path.of(""));
        try (ProxyWasm host = ProxyWasm.start(config, DisabledHostScenario.class.getClassLoader())) {
            System.out.println("started " + host.config().enabled());
        } catch (PluginLoadException refused) {
            System.out.println("refused " + refused.getMessage());
        }
    }
}
