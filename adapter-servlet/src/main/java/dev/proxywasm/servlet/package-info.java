/**
 * The Proxy-Wasm host as a Jakarta Servlet filter.
 *
 * <p>{@link dev.proxywasm.servlet.ProxyWasmFilter} is all that an application names. Its configuration, if it was not made with one, is the
 * first of these that there is:
 *
 * <ol>
 *   <li>init-params: {@code config}, the name of a YAML file ({@code /WEB-INF/...}, {@code classpath:...} or a path), or the keys of one
 *       plugin ({@code module}, {@code configuration}, {@code failure-policy} and so on; {@code name} is the filter's if it is not set)
 *   <li>properties of MicroProfile Config where the server has it, otherwise system properties, environment variables and
 *       {@code META-INF/microprofile-config.properties}: {@code proxy-wasm.config}, or {@code proxy-wasm.plugins=a,b} and
 *       {@code proxy-wasm.plugin.a.module}; {@code proxy-wasm.enabled=false} switches everything off
 *   <li>{@code /WEB-INF/proxy-wasm.yaml}, then {@code proxy-wasm.yaml} on the class path
 * </ol>
 *
 * <p>A web application with one of the last two needs no web.xml: the filter registers itself
 * ({@link dev.proxywasm.servlet.SelfRegistration}).
 *
 * <p>May depend on the public packages of the core and on {@code jakarta.servlet}; runs on Servlet 6.0 and 6.1.
 */
@NullMarked
package dev.proxywasm.servlet;

import org.jspecify.annotations.NullMarked;
