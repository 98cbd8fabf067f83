package dev.proxywasm.internal.module;

import dev.proxywasm.ModulesConfig;
import dev.proxywasm.internal.module.cache.ModuleCache;
import dev.proxywasm.internal.module.http.AddressGuard;
import dev.proxywasm.internal.module.http.FetchTiming;
import dev.proxywasm.internal.module.http.HttpFetcher;
import dev.proxywasm.internal.module.oci.CredentialHelper;
import dev.proxywasm.internal.module.oci.ImageAccess;
import dev.proxywasm.internal.module.oci.Keychain;
import dev.proxywasm.internal.module.oci.PullSecret;
import dev.proxywasm.internal.module.source.ModuleException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What modules on other servers need.
 *
 * @param fetcher makes the requests
 * @param guard says where they may go
 * @param cache has what was fetched before
 * @param keychain has credentials for registries
 */
record RemoteAccess(HttpFetcher fetcher, AddressGuard guard, ModuleCache cache, Keychain keychain) {

    /** Makes it ready. */
    @FunctionalInterface
    interface Opener {
        /** Throws {@link ModuleException} if something of it cannot be used. */
        RemoteAccess open() throws ModuleException;
    }

    /**
     * As it is configured.
     *
     * @throws ModuleException if the cache that is configured cannot be used
     */
    static RemoteAccess of(ModulesConfig config, Path baseDirectory, FetchTiming timing) throws ModuleException {
        AddressGuard guard = new AddressGuard(config.allowInsecure());
        return new RemoteAccess(
                new HttpFetcher(guard, timing),
                guard,
                CacheDirectory.open(config.cache(), baseDirectory),
                new Keychain(
                        secrets(config, baseDirectory),
                        PullSecret.ofUser(System.getenv(), System.getProperty("user.home", "")),
                        new CredentialHelper()));
    }

    private static Map<String, PullSecret> secrets(ModulesConfig config, Path baseDirectory) {
        Map<String, PullSecret> secrets = new LinkedHashMap<>();
        config.pullSecrets()
                .forEach((name, secret) -> secrets.put(
                        name,
                        secret.file().isEmpty()
                                ? PullSecret.text(name, secret.dockerConfig())
                                : PullSecret.file(name, baseDirectory.resolve(secret.file()))));
        return secrets;
    }

    /** What images need of it. */
    ImageAccess images(int maxBytes) {
        return new ImageAccess(fetcher, guard, cache, keychain, maxBytes);
    }
}
