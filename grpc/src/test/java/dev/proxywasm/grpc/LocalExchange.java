package dev.proxywasm.grpc;

import dev.proxywasm.http.HttpExchange;
import java.time.Instant;

/** An exchange of which nothing matters but its headers. */
final class LocalExchange implements HttpExchange {

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1";
    }

    @Override
    public int remotePort() {
        return 1;
    }

    @Override
    public String localAddress() {
        return "127.0.0.1";
    }

    @Override
    public int localPort() {
        return 2;
    }

    @Override
    public Instant receivedAt() {
        return Instant.EPOCH;
    }
}
