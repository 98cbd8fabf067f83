/**
 * The host in a Spring Boot servlet application.
 *
 * <p>Main types: {@link dev.proxywasm.spring.boot.ProxyWasmAutoConfiguration} (the host and its filter),
 * {@link dev.proxywasm.spring.boot.ProxyWasmProperties} (what can be set), {@link dev.proxywasm.spring.boot.ProxyWasmCustomizer} (what
 * cannot). What needs Actuator or Micrometer has an auto-configuration of its own, so that an application without them does not miss them.
 *
 * <p>May depend on the core's public packages, on {@code dev.proxywasm.servlet}, and on Spring Boot.
 */
@NullMarked
package dev.proxywasm.spring.boot;

import org.jspecify.annotations.NullMarked;
