/**
 * HTTP calls of plugins with trailers in both directions, over Apache HttpClient. Being on the class path is enough.
 *
 * <p>Main type: {@link dev.proxywasm.httpclient.ApacheHttpCallClient}, found by {@link java.util.ServiceLoader}.
 *
 * <p>May depend on {@code dev.proxywasm.spi} and {@code dev.proxywasm.http}.
 */
@NullMarked
package dev.proxywasm.httpclient;

import org.jspecify.annotations.NullMarked;
