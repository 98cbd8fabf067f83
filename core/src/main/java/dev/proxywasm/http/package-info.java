/**
 * The port between a server and its filters: one exchange, seen as headers, body and trailers in two directions.
 *
 * <p>A server adapter describes the exchange ({@link dev.proxywasm.http.HttpExchange}), pushes what arrives into an
 * {@link dev.proxywasm.http.HttpStream}, and does what the {@link dev.proxywasm.http.Outcome} says. Here are no threads, no sockets, no
 * server types and no word of WebAssembly.
 *
 * <p>May depend on nothing else of ours.
 */
@NullMarked
package dev.proxywasm.http;

import org.jspecify.annotations.NullMarked;
