package dev.proxywasm.internal.module.oci;

import dev.proxywasm.internal.module.cache.ModuleCache;
import dev.proxywasm.internal.module.http.AddressGuard;
import dev.proxywasm.internal.module.http.HttpFetcher;

/**
 * What all images share.
 *
 * @param fetcher makes the requests
 * @param guard knows which registries need no TLS
 * @param cache has what was pulled before
 * @param keychain has the credentials
 * @param maxBytes the most that is fetched, and unpacked
 */
public record ImageAccess(
        HttpFetcher fetcher, AddressGuard guard, ModuleCache cache, Keychain keychain, int maxBytes) {}
