/**
 * The vocabulary of all sources of modules: what a plugin asks for, what a source delivers, and how it says no.
 *
 * <p>Main types: {@link dev.proxywasm.internal.module.source.ModuleSource}, {@link dev.proxywasm.internal.module.source.ModuleContent},
 * {@link dev.proxywasm.internal.module.source.ModuleException}. Depends on the JDK only.
 */
@NullMarked
package dev.proxywasm.internal.module.source;

import org.jspecify.annotations.NullMarked;
