package dev.proxywasm;

import java.util.List;

/** A host as management tools see it: {@code dev.proxywasm:type=ProxyWasm,id=N}, where N counts the hosts of the process from 1. */
public interface ProxyWasmMXBean {

    /** One line a plugin, in the order in which requests meet them: name, state and why, instances, module and digest. */
    List<String> getPlugins();

    /** When and how the last reload went; empty before the first. */
    String getLastReload();

    /**
     * As {@link ProxyWasm#reload()}.
     *
     * @return the plugins that were added, replaced or removed
     */
    List<String> reload();
}
