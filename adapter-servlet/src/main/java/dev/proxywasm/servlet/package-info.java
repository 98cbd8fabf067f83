/**
 * The Proxy-Wasm host as a Jakarta Servlet filter.
 *
 * <p>May depend on the public packages of the core and on {@code jakarta.servlet}; runs on Servlet 6.0 and 6.1.
 */
@NullMarked
package dev.proxywasm.servlet;

import org.jspecify.annotations.NullMarked;
