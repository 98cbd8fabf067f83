package dev.proxywasm;

import dev.proxywasm.internal.callout.CalloutServices;
import dev.proxywasm.internal.callout.Upstreams;
import dev.proxywasm.internal.callout.jdk.JdkDnsResolver;
import dev.proxywasm.internal.callout.jdk.JdkHttpCallClient;
import dev.proxywasm.internal.foreign.BuiltInFunctions;
import dev.proxywasm.internal.foreign.ForeignFunctions;
import dev.proxywasm.internal.service.InMemorySharedData;
import dev.proxywasm.internal.service.InMemorySharedQueues;
import dev.proxywasm.internal.service.MetricRegistry;
import dev.proxywasm.internal.service.SharedServices;
import dev.proxywasm.spi.DnsResolver;
import dev.proxywasm.spi.ForeignFunction;
import dev.proxywasm.spi.GrpcCallClient;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.spi.MetricSink;
import dev.proxywasm.spi.SharedData;
import dev.proxywasm.spi.SharedQueues;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ProxyWasm} host: its configuration, and what the embedder has in place of the defaults.
 *
 * <p>Only the configuration is required. Services that are handed over stay the embedder's; the host does not close them.
 */
public final class ProxyWasmBuilder {

    private @Nullable Supplier<ProxyWasmConfig> config;
    private ClassLoader classLoader = ProxyWasm.class.getClassLoader();
    private InstantSource clock = InstantSource.system();
    private ServiceLimits serviceLimits = ServiceLimits.DEFAULT;
    private @Nullable SharedData sharedData;
    private @Nullable SharedQueues sharedQueues;
    private MetricSink metrics = MetricSink.NONE;
    private @Nullable HttpCallClient httpCallClient;
    private @Nullable GrpcCallClient grpcCallClient;
    private @Nullable DnsResolver dnsResolver;
    private final Map<String, ForeignFunction> foreignFunctions = new HashMap<>();

    ProxyWasmBuilder() {}

    /** The plugins and how they are used. */
    public ProxyWasmBuilder config(ProxyWasmConfig value) {
        config = () -> value;
        return this;
    }

    /**
     * Reads the plugins and how they are used: once at the start, and again at every {@link ProxyWasm#reload()} and whenever a file that
     * it was read from has changed. Called by one thread at a time; may throw what {@link ProxyWasmConfigReader} throws.
     */
    public ProxyWasmBuilder config(Supplier<ProxyWasmConfig> source) {
        config = source;
        return this;
    }

    /** Where {@code classpath:} modules, files of TLS and providers of services are found; without a call, where this library is. */
    public ProxyWasmBuilder classLoader(ClassLoader value) {
        classLoader = value;
        return this;
    }

    /** The clock that guests read, and by which shared data expire; without a call, the system's. */
    public ProxyWasmBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /** What plugins may keep in the default services. */
    public ProxyWasmBuilder serviceLimits(ServiceLimits value) {
        serviceLimits = value;
        return this;
    }

    /** Keeps what plugins of one {@code vm_id} share; without a call, this process does, as long as the host lives. */
    public ProxyWasmBuilder sharedData(SharedData value) {
        sharedData = value;
        return this;
    }

    /** Keeps queues; without a call, this process does, as long as the host lives. */
    public ProxyWasmBuilder sharedQueues(SharedQueues value) {
        sharedQueues = value;
        return this;
    }

    /** Shows the metrics of plugins, besides {@link ProxyWasm#metrics()}. */
    public ProxyWasmBuilder metrics(MetricSink value) {
        metrics = value;
        return this;
    }

    /** Makes the HTTP calls of plugins; without a call, the one that the class loader finds does, or else the JDK's. */
    public ProxyWasmBuilder httpCallClient(HttpCallClient value) {
        httpCallClient = value;
        return this;
    }

    /** Makes the gRPC calls of plugins; without a call, the one that the class loader finds does, if any. */
    public ProxyWasmBuilder grpcCallClient(GrpcCallClient value) {
        grpcCallClient = value;
        return this;
    }

    /** Resolves the names that plugins ask for; without a call, the JDK does. */
    public ProxyWasmBuilder dnsResolver(DnsResolver value) {
        dnsResolver = value;
        return this;
    }

    /** Adds a function that plugins can call, in place of one of the same name that is built in. */
    public ProxyWasmBuilder foreignFunction(String name, ForeignFunction function) {
        foreignFunctions.put(name, function);
        return this;
    }

    /**
     * Loads and starts every plugin.
     *
     * @throws IllegalStateException if there is no configuration
     * @throws ConfigurationException if the TLS of an upstream cannot be used
     * @throws PluginLoadException if a module cannot be used and its plugin's policy is {@link FailurePolicy#CLOSED}
     * @throws PluginStartException if a plugin does not start and its policy is {@link FailurePolicy#CLOSED}
     */
    public ProxyWasm start() {
        if (config == null) {
            throw new IllegalStateException("a Proxy-Wasm host needs a configuration; give one to config(...)");
        }
        return new DefaultProxyWasm(this);
    }

    Supplier<ProxyWasmConfig> config() {
        return Objects.requireNonNull(config, "config");
    }

    ClassLoader classLoader() {
        return classLoader;
    }

    InstantSource clock() {
        return clock;
    }

    /** The services that the host's guests share, defaults where none were given. */
    SharedServices sharedServices() {
        SharedData data = sharedData == null ? new InMemorySharedData(serviceLimits, clock) : sharedData;
        return new SharedServices(
                data,
                sharedQueues == null ? new InMemorySharedQueues(serviceLimits) : sharedQueues,
                new MetricRegistry(serviceLimits, metrics),
                ForeignFunctions.gather(BuiltInFunctions.of(data), classLoader, foreignFunctions));
    }

    /** How the host's guests call others, with clients of the host's own where none were given; whom they may call is still to be said. */
    CalloutServices calloutServices() {
        List<Runnable> closings = new ArrayList<>();
        HttpCallClient http = httpCallClient;
        if (http == null) {
            http = provided(HttpCallClient.class).orElseGet(JdkHttpCallClient::new);
            closings.add(http::close);
        }
        GrpcCallClient grpc = grpcCallClient;
        if (grpc == null) {
            grpc = provided(GrpcCallClient.class).orElse(null);
            if (grpc != null) {
                closings.add(grpc::close);
            }
        }
        DnsResolver dns = dnsResolver;
        if (dns == null) {
            dns = new JdkDnsResolver();
            closings.add(dns::close);
        }
        return new CalloutServices(Upstreams.NONE, http, Optional.ofNullable(grpc), dns, closings);
    }

    private <S> Optional<S> provided(Class<S> service) {
        return ServiceLoader.load(service, classLoader).findFirst();
    }
}
