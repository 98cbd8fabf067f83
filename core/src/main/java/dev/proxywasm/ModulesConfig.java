package dev.proxywasm;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How modules are fetched from other servers.
 *
 * @param allowInsecure hosts, or {@code host:port}, from which modules may come without TLS, and to which public servers may lead although
 *     their address is private; for {@code oci:} they are spoken to without TLS
 * @param pullSecrets credentials for registries, by the name that plugins use
 * @param cache what is kept on disk
 */
public record ModulesConfig(Set<String> allowInsecure, Map<String, PullSecretConfig> pullSecrets, CacheConfig cache) {

    /** TLS only, no secrets, the default cache. */
    public static final ModulesConfig DEFAULT = new ModulesConfig(Set.of(), Map.of(), CacheConfig.DEFAULT);

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if a host is none
     */
    public ModulesConfig {
        allowInsecure = Set.copyOf(allowInsecure);
        pullSecrets = Collections.unmodifiableMap(new LinkedHashMap<>(pullSecrets));
        for (String host : allowInsecure) {
            if (!host.matches("[A-Za-z0-9._-]+(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]+](:[0-9]{1,5})?")) {
                throw new IllegalArgumentException(
                        "'" + host + "' is no host; write a name or an address, and :port if only that one is meant");
            }
        }
    }
}
