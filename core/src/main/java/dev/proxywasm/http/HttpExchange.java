package dev.proxywasm.http;

import java.time.Instant;
import java.util.Optional;

/**
 * What a server knows of an exchange besides its headers and bodies.
 *
 * <p>Filters read it as properties (Envoy's attributes). A value that a server cannot know is empty or -1 and is then not found by a
 * filter, never made up. Called on whatever thread runs a filter, one at a time.
 */
public interface HttpExchange {

    /** The protocol and its version, as {@code HTTP/1.1} or {@code HTTP/2}. */
    String protocol();

    /** The numeric address of the client, without port. */
    String remoteAddress();

    /** The port of the client, or -1. */
    int remotePort();

    /** The numeric address that the client connected to, without port. */
    String localAddress();

    /** The port that the client connected to, or -1. */
    int localPort();

    /** When the request began to arrive. */
    Instant receivedAt();

    /** A number that the client's connection has and no other open one has, 0 or more; -1 if the server does not number them. */
    default long connectionId() {
        return -1;
    }

    /** The TLS of the client's connection; empty if it is not encrypted, or the server does not tell. */
    default Optional<TlsConnection> tls() {
        return Optional.empty();
    }
}
