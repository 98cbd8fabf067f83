package dev.proxywasm.internal.callout;

import dev.proxywasm.spi.Callout;
import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.DnsAddress;
import dev.proxywasm.spi.DnsResolver;
import dev.proxywasm.spi.GrpcCallClient;
import dev.proxywasm.spi.HttpCall;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.spi.HttpCallResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the VMs of a host share for their callouts.
 *
 * @param upstreams whom they may call
 * @param http makes HTTP calls
 * @param grpc makes gRPC calls, if this host can
 * @param dns resolves names
 * @param closings what ends with the host
 */
public record CalloutServices(
        Upstreams upstreams,
        HttpCallClient http,
        Optional<GrpcCallClient> grpc,
        DnsResolver dns,
        List<Runnable> closings)
        implements AutoCloseable {

    /** Of a host whose plugins call nobody. */
    public static final CalloutServices NONE =
            new CalloutServices(Upstreams.NONE, new NoClient(), Optional.empty(), new NoResolver(), List.of());

    /** Copies the list. */
    public CalloutServices {
        closings = List.copyOf(closings);
    }

    /** The same clients for other upstreams; these still end with the services that they were taken from. */
    public CalloutServices withUpstreams(Upstreams others) {
        return new CalloutServices(others, http, grpc, dns, List.of());
    }

    @Override
    public void close() {
        closings.forEach(Runnable::run);
    }

    /** Never reached: there is no upstream to call. */
    private static final class NoClient implements HttpCallClient {
        @Override
        public Callout start(HttpCall call, Consumer<HttpCallResult> whenDone) {
            throw new CalloutRefusedException("this host makes no callouts");
        }

        @Override
        public void close() {}
    }

    /** Likewise. */
    private static final class NoResolver implements DnsResolver {
        @Override
        public Callout resolve(String name, Consumer<List<DnsAddress>> whenDone) {
            throw new CalloutRefusedException("this host resolves no names");
        }

        @Override
        public void close() {}
    }
}
