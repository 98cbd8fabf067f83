/**
 * Reads configuration: turns what a door delivers into a {@link dev.proxywasm.ProxyWasmConfig}, or says where and why it cannot.
 *
 * <p>Two steps, the same for every door. A door becomes a small tree of {@link dev.proxywasm.internal.config.Setting}s that know where
 * they come from: {@link dev.proxywasm.internal.config.YamlDocument} and {@link dev.proxywasm.internal.config.FlatSettings} do that. Then
 * {@link dev.proxywasm.internal.config.ConfigBinding} binds the tree by the tables of keys, {@code ConfigKeys} and {@code PluginKeys}: one
 * row for a key says how its value is read, what its default is and what it means. A new key is a new row, and no door changes.
 *
 * <p>May depend on {@code dev.proxywasm}, the YAML parser and the JDK.
 */
@NullMarked
package dev.proxywasm.internal.config;

import org.jspecify.annotations.NullMarked;
