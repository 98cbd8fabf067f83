/**
 * What every adapter promises on every server: cases over real sockets, an application that they share, and clients.
 *
 * <p>To run it on a server, write a {@link dev.proxywasm.it.contract.TestServer} that passes requests below its context path to an
 * {@link dev.proxywasm.it.contract.Application}, and extend {@link dev.proxywasm.it.contract.AdapterContract}; add {@code Http1Cases} or
 * {@code Http2Cases} for what is special to a protocol, and {@code ServletCases} for servlet containers. Other modules get it as the
 * test-jar of this one.
 */
@NullMarked
package dev.proxywasm.it.contract;

import org.jspecify.annotations.NullMarked;
