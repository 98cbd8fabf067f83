package dev.proxywasm.benchmarks;

import dev.proxywasm.http.HttpExchange;
import java.time.Instant;

/** An exchange over the loopback interface. */
final class LoopbackExchange implements HttpExchange {

    static final LoopbackExchange INSTANCE = new LoopbackExchange();

    private final Instant receivedAt = Instant.now();

    private LoopbackExchange() {}

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
        return 40000;
    }

    @Override
    public String localAddress() {
        return "127.0.0.1";
    }

    @Override
    public int localPort() {
        return 8080;
    }

    @Override
    public Instant receivedAt() {
        return receivedAt;
    }
}
