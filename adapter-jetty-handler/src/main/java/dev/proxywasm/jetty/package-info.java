/**
 * The Proxy-Wasm host as a handler of Jetty 12.1, which holds no thread while a filter pauses.
 *
 * <p>{@link dev.proxywasm.jetty.ProxyWasmHandler} is all that an application names. It stands above any other handler: a plain one, or a
 * {@code ServletContextHandler} of any version of the Servlet API.
 *
 * <p>May depend on the public packages of the core and on Jetty's core; no servlet type.
 */
@NullMarked
package dev.proxywasm.jetty;

import org.jspecify.annotations.NullMarked;
