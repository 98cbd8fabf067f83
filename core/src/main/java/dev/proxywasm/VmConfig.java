package dev.proxywasm;

import java.util.List;
import java.util.Map;

/**
 * What a plugin's VM is started with.
 *
 * @param id name space of shared data and queues; may be empty
 * @param configuration handed to {@code proxy_on_vm_start}; may be empty
 * @param environment variables that the guest sees
 * @param hostEnvironment names of variables of this process that the guest sees as well; one that is not set is left out
 */
public record VmConfig(String id, String configuration, Map<String, String> environment, List<String> hostEnvironment) {

    /** No id, no configuration, no environment. */
    public static final VmConfig DEFAULT = new VmConfig("", "", Map.of(), List.of());

    /** Copies the collections. */
    public VmConfig {
        environment = Map.copyOf(environment);
        hostEnvironment = List.copyOf(hostEnvironment);
    }

    /** Neither configuration nor environment values, which may be secrets. */
    @Override
    public String toString() {
        return "VmConfig[id=" + id + ", environment=" + environment.keySet() + ", hostEnvironment=" + hostEnvironment
                + "]";
    }
}
