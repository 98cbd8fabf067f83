package dev.proxywasm.internal.config;

import dev.proxywasm.FailurePolicy;
import dev.proxywasm.ImagePull;
import dev.proxywasm.Match;
import dev.proxywasm.Phase;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.VmConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The spec of a WasmPlugin document whose fields are being read. */
final class WasmPluginDraft implements Draft {

    private final String name;
    private final Path directory;
    final WasmPluginNotes notes;
    String url = "oci://none";
    String sha256 = "";
    ImagePull.Policy pullPolicy = ImagePull.DEFAULT.policy();
    String pullSecret = ImagePull.DEFAULT.secret();
    String pluginName = "";
    String pluginConfig = "";
    Phase phase = Phase.UNSPECIFIED;
    int priority;
    FailurePolicy failStrategy = FailurePolicy.CLOSED;
    boolean isHttp = true;
    final Map<String, String> environment = new LinkedHashMap<>();
    List<String> hostEnvironment = List.of();
    Map<String, String> matchLabels = Map.of();
    List<WasmPluginTraffic> traffic = List.of(WasmPluginTraffic.ANY);

    /**
     * Nothing read yet.
     *
     * @param name the plugin's name in this host
     * @param directory where the document lies: what a relative file address is relative to
     * @param notes takes what has no meaning here
     */
    WasmPluginDraft(String name, Path directory, WasmPluginNotes notes) {
        this.name = name;
        this.directory = directory;
        this.notes = notes;
    }

    @Override
    public void check() {
        build(Set.of());
    }

    /** The plugin, for requests that come in by those ports; all if there are none. */
    PluginConfig build(Set<Integer> ports) {
        return PluginConfig.builder(name, module())
                .sha256(sha256)
                .imagePull(new ImagePull(pullPolicy, pullSecret))
                .rootId(pluginName)
                .configuration(pluginConfig)
                .vm(new VmConfig("", "", environment, hostEnvironment))
                .phase(phase)
                .priority(priority)
                .failurePolicy(failStrategy)
                .match(new Match(Match.ALL.paths(), Set.of(), Set.of(), ports))
                .build();
    }

    /** An address without a scheme is an image, as in Istio. */
    private String module() {
        if (url.matches("file:[^/].*")) {
            return directory.resolve(url.substring("file:".length())).toString();
        }
        return url.matches("[a-z]+:.*") && !url.matches("[^/]*:\\d.*") ? url : "oci://" + url;
    }
}
