/**
 * The nearest other host for Java, driven as our own is: {@link dev.proxywasm.benchmarks.peer.PeerMain} prints its figures.
 *
 * <p>May depend on the peer and on {@code dev.proxywasm.benchmarks.measure}, on nothing else of ours.
 */
@NullMarked
package dev.proxywasm.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
