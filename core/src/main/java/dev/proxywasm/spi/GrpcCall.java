package dev.proxywasm.spi;

import dev.proxywasm.http.HeaderMap;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A gRPC call that a plugin asks for.
 *
 * @param upstream scheme ({@code http} without TLS, {@code https} with it), host and port of the server
 * @param tls how to speak TLS to it; empty for what the JVM is configured with, and without TLS
 * @param service full name of the service, such as {@code helloworld.Greeter}
 * @param method name of the method, such as {@code SayHello}
 * @param metadata to be sent first; values of names that end in {@code -bin} are in base64, as on the wire
 * @param timeout after which the host gives the call up by itself, for the server to know; zero for never
 * @param maxMessageBytes message beyond which the call is to fail
 */
public record GrpcCall(
        URI upstream,
        Optional<ClientTls> tls,
        String service,
        String method,
        HeaderMap metadata,
        Duration timeout,
        int maxMessageBytes) {}
