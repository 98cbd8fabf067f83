package dev.proxywasm.internal.config;

import dev.proxywasm.Engine;
import dev.proxywasm.FailurePolicy;
import dev.proxywasm.ImagePull;
import dev.proxywasm.Limits;
import dev.proxywasm.Phase;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginOverride;
import dev.proxywasm.VmConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plugin whose keys are being read. Defaults are the model's own. */
final class PluginDraft implements Draft {

    private static final PluginConfig DEFAULT =
            PluginConfig.builder("unnamed", "none").build();

    String name = DEFAULT.name();
    String module = DEFAULT.module();
    String sha256 = DEFAULT.sha256();
    ImagePull.Policy pullPolicy = DEFAULT.imagePull().policy();
    String pullSecret = DEFAULT.imagePull().secret();
    String rootId = DEFAULT.rootId();
    String configuration = DEFAULT.configuration();
    Engine engine = DEFAULT.engine();
    String vmId = DEFAULT.vm().id();
    String vmConfiguration = DEFAULT.vm().configuration();
    Map<String, String> environment = DEFAULT.vm().environment();
    List<String> hostEnvironment = DEFAULT.vm().hostEnvironment();
    Phase phase = DEFAULT.phase();
    int priority = DEFAULT.priority();
    FailurePolicy failurePolicy = DEFAULT.failurePolicy();
    final MatchDraft match = new MatchDraft();
    List<PluginOverride> overrides = DEFAULT.overrides();
    int instances = DEFAULT.instances();
    final Limits.Builder limits = Limits.builder();
    boolean allowOnHeadersStopIteration = DEFAULT.allowOnHeadersStopIteration();
    Set<String> capabilities = DEFAULT.capabilities();

    @Override
    public void check() {
        build();
    }

    /** The plugin as it is configured so far. */
    PluginConfig build() {
        return PluginConfig.builder(name, module)
                .sha256(sha256)
                .imagePull(new ImagePull(pullPolicy, pullSecret))
                .rootId(rootId)
                .configuration(configuration)
                .engine(engine)
                .vm(new VmConfig(vmId, vmConfiguration, environment, hostEnvironment))
                .phase(phase)
                .priority(priority)
                .failurePolicy(failurePolicy)
                .match(match.build())
                .overrides(overrides)
                .instances(instances)
                .limits(limits.build())
                .allowOnHeadersStopIteration(allowOnHeadersStopIteration)
                .capabilities(capabilities)
                .build();
    }
}
