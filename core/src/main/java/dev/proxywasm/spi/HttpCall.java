package dev.proxywasm.spi;

import dev.proxywasm.http.HeaderMap;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * An HTTP call that a plugin asks for.
 *
 * @param upstream scheme, host and port of the server
 * @param headers with {@code :method}, {@code :path} and {@code :authority}; owned by the client from here on
 * @param body to be sent; may be empty
 * @param trailers to be sent behind the body; mostly empty
 * @param timeout after which the host gives the call up by itself
 * @param maxBodyBytes body of an answer beyond which the call is to fail
 */
public record HttpCall(
        URI upstream, HeaderMap headers, ByteBuffer body, HeaderMap trailers, Duration timeout, int maxBodyBytes) {}
