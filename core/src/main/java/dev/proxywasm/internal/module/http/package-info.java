/**
 * Fetches over HTTP: with time limits, retries, bounded redirects and bounded bodies, and from no address that a guard refuses.
 *
 * <p>Main types: {@link dev.proxywasm.internal.module.http.HttpFetcher} (one request, as often as it takes),
 * {@link dev.proxywasm.internal.module.http.AddressGuard} (where requests may go), {@link dev.proxywasm.internal.module.http.FetchTiming}
 * (how long and how often). May depend on {@code internal.module.source} and the JDK.
 */
@NullMarked
package dev.proxywasm.internal.module.http;

import org.jspecify.annotations.NullMarked;
