/**
 * The life of one HTTP exchange through a chain of plugins: the machine behind {@code http.HttpStream}, without I/O and without threads.
 *
 * <p>Main types: {@link dev.proxywasm.internal.stream.DefaultHttpStream} (the stream), {@link dev.proxywasm.internal.stream.Half} (one of
 * its two directions, with what each plugin holds of it), {@link dev.proxywasm.internal.stream.Stage} (one plugin's part in it),
 * {@link dev.proxywasm.internal.stream.Course} (on, or to an answer of the chain's own),
 * {@link dev.proxywasm.internal.stream.PluginChain} (what streams are opened on). May depend on {@code internal.vm} and what lies below.
 */
@NullMarked
package dev.proxywasm.internal.stream;

import org.jspecify.annotations.NullMarked;
