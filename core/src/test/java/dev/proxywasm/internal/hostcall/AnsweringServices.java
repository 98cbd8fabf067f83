package dev.proxywasm.internal.hostcall;

import dev.proxywasm.UpstreamConfig;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.callout.CalloutServices;
import dev.proxywasm.internal.callout.Upstreams;
import dev.proxywasm.spi.Callout;
import dev.proxywasm.spi.DnsAddress;
import dev.proxywasm.spi.DnsResolver;
import dev.proxywasm.spi.GrpcCall;
import dev.proxywasm.spi.GrpcCallClient;
import dev.proxywasm.spi.GrpcListener;
import dev.proxywasm.spi.GrpcStream;
import dev.proxywasm.spi.HttpCall;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.spi.HttpCallResult;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Clients that answer at once, every third time with a failure, for the upstream {@code up} and every other name. */
final class AnsweringServices implements HttpCallClient, GrpcCallClient, DnsResolver {

    private static final HeaderMap HEADERS = HeaderMap.of(":status", "200", "x-a", "1");
    private int number;

    private AnsweringServices() {}

    static CalloutServices all() {
        AnsweringServices clients = new AnsweringServices();
        Upstreams upstreams = new Upstreams(Map.of("up", new UpstreamConfig(URI.create("http://up.example"))), true);
        return new CalloutServices(upstreams, clients, Optional.of(clients), clients, List.of());
    }

    private boolean fails() {
        return ++number % 3 == 0;
    }

    @Override
    public Callout start(HttpCall call, Consumer<HttpCallResult> whenDone) {
        whenDone.accept(
                fails()
                        ? new HttpCallResult.Failure("as planned")
                        : new HttpCallResult.Answer(HEADERS.copy(), ByteBuffer.wrap(new byte[100]), HEADERS.copy()));
        return () -> {};
    }

    @Override
    public Callout resolve(String name, Consumer<List<DnsAddress>> whenDone) {
        DnsAddress address = new DnsAddress(InetAddress.getLoopbackAddress(), Duration.ofSeconds(30));
        whenDone.accept(fails() ? List.of() : List.of(address));
        return () -> {};
    }

    @Override
    public GrpcStream open(GrpcCall call, GrpcListener listener) {
        listener.onInitialMetadata(HEADERS.copy());
        boolean fails = fails();
        if (!fails) {
            listener.onMessage(ByteBuffer.wrap(new byte[10]));
        }
        listener.onClose(fails ? 14 : 0, "as planned", HEADERS.copy());
        return new Silent();
    }

    @Override
    public void close() {}

    private static final class Silent implements GrpcStream {
        @Override
        public void send(ByteBuffer message) {}

        @Override
        public void halfClose() {}

        @Override
        public void request() {}

        @Override
        public void cancel() {}
    }
}
