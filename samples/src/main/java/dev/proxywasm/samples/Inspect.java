package dev.proxywasm.samples;

import dev.proxywasm.CacheConfig;
import dev.proxywasm.ModulesConfig;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginLoadException;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.module.ModuleInspection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells what a module is, and whether it runs here. */
public final class Inspect {

    private static final String USAGE =
            """
            usage: inspect.sh [--insecure] FILE|URL
              FILE        a .wasm or .wat file, also in gzip or tar
              URL         https://host/path, or oci://registry/repository:tag
              --insecure  allow plain HTTP to the host of the URL
            """;

    private Inspect() {}

    /** Prints what it finds, and ends with 0 if the module runs here, 1 if it does not, 2 if it was called in a wrong way. */
    public static void main(String[] arguments) {
        List<String> addresses =
                Arrays.stream(arguments).filter(text -> !text.startsWith("--")).toList();
        boolean insecure = List.of(arguments).contains("--insecure");
        if (addresses.size() != 1 || arguments.length != (insecure ? 2 : 1)) {
            System.err.print(USAGE);
            System.exit(2);
        }
        System.exit(inspect(addresses.get(0), insecure));
    }

    static int inspect(String address, boolean insecure) {
        String host = address.replaceFirst("^[a-z]+://([^/@]*@)?", "").replaceFirst("[/?].*", "");
        ProxyWasmConfig config = ProxyWasmConfig.builder()
                .modules(new ModulesConfig(insecure ? Set.of(host) : Set.of(), Map.of(), CacheConfig.DEFAULT))
                .build();
        PluginConfig plugin = PluginConfig.builder("inspected", address).build();
        try {
            ModuleInspection module = ModuleInspection.of(plugin, config, Inspect.class.getClassLoader());
            System.out.print(module.report());
            return module.isRunnable() ? 0 : 1;
        } catch (PluginLoadException refused) {
            System.out.println("runs here      no: " + refused.getMessage());
            return 1;
        }
    }
}
