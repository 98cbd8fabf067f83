package dev.proxywasm.spring.boot;

import dev.proxywasm.Engine;
import dev.proxywasm.FailurePolicy;
import dev.proxywasm.ImagePull;
import dev.proxywasm.NodeConfig;
import dev.proxywasm.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties below {@code proxy-wasm}: the keys of every other door, and a few that only Spring Boot has. They are bound here and checked
 * by the core, so that messages and defaults are the same everywhere. A key that is unknown is an error.
 *
 * @param enabled whether anything is loaded at all
 * @param config location of a YAML file with the whole configuration, in place of the other keys, such as classpath:proxy-wasm.yaml
 * @param plugins the plugins, in the order of declaration
 * @param node what this server calls itself, for filters that ask
 * @param upstreams the servers that plugins may call, by the name that they call them by
 * @param allowDirectCallouts whether plugins may also call any other server, by host:port or URL, and resolve any name
 * @param istio WasmPlugin documents of Istio
 * @param reload changes while the server runs
 * @param allowInsecure hosts, or host:port, from which modules may come without TLS
 * @param pullSecrets credentials for registries, by the name that image-pull-secret of a plugin says
 * @param cache what is kept on disk between starts
 * @param filter how the servlet filter is registered
 */
@ConfigurationProperties(prefix = ProxyWasmProperties.PREFIX, ignoreUnknownFields = false)
public record ProxyWasmProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String config,
        @DefaultValue List<Plugin> plugins,
        @Nullable Node node,
        @DefaultValue Map<String, Upstream> upstreams,
        @DefaultValue("false") boolean allowDirectCallouts,
        @Nullable Istio istio,
        @Nullable Reload reload,
        @DefaultValue Set<String> allowInsecure,
        @DefaultValue Map<String, PullSecret> pullSecrets,
        @Nullable Cache cache,
        @DefaultValue Filter filter) {

    /** What every key begins with. */
    public static final String PREFIX = "proxy-wasm";

    /**
     * One plugin.
     *
     * @param name names the plugin in messages, logs and metrics; unique
     * @param module address of the .wasm or .wat module, such as classpath:filters/waf.wasm or file:/opt/filters/waf.wasm
     * @param sha256 hex digest that the module must have, unpacked; of an image, its manifest
     * @param imagePullPolicy when a server is asked for a module that the cache has: if-not-present never, always at each start; unspecified
     *     for the tag latest
     * @param imagePullSecret name of a pull secret; without it, what Docker's client of this user has
     * @param rootId chooses one of several plugins in a module
     * @param configuration handed to proxy_on_configure; an object is handed over as JSON
     * @param configurationLocation location of a text that is handed to proxy_on_configure, in place of configuration
     * @param engine what runs its guests: wasmtime, native; jvm, faster for all but large modules and on every platform, needs
     *     run.endive:compiler; auto chooses
     * @param vm what its VM is started with
     * @param phase where in the chain it stands: authn, authz, stats or unspecified, in this order
     * @param priority within its phase, higher first; equal ones in the order of declaration
     * @param failurePolicy requests that it cannot judge: closed refuses them with 503, open lets them pass
     * @param match the requests that it is for
     * @param overrides requests that it treats in another way
     * @param instances how many VMs may serve it at once; the number of processors unless set
     * @param limits what it may use
     * @param allowOnHeadersStopIteration whether a pause from a headers callback lets body callbacks come
     * @param capabilities hostcalls and callbacks that it may use, by name; empty for all
     */
    public record Plugin(
            @Nullable String name,
            @Nullable String module,
            @Nullable String sha256,
            @DefaultValue("unspecified") ImagePull.Policy imagePullPolicy,
            @Nullable String imagePullSecret,
            @Nullable String rootId,
            @Nullable TextOrObject configuration,
            @Nullable String configurationLocation,
            @DefaultValue("auto") Engine engine,
            @Nullable Vm vm,
            @DefaultValue("unspecified") Phase phase,
            @DefaultValue("0") int priority,
            @DefaultValue("closed") FailurePolicy failurePolicy,
            @Nullable Match match,
            @DefaultValue List<PluginOverride> overrides,
            @Nullable Integer instances,
            @Nullable Limits limits,
            @DefaultValue("false") boolean allowOnHeadersStopIteration,
            @DefaultValue Set<String> capabilities) {}

    /**
     * What a plugin's VM is started with.
     *
     * @param id name space of shared data and queues
     * @param configuration handed to proxy_on_vm_start; an object is handed over as JSON
     * @param environment variables that the guest sees
     * @param hostEnvironment variables of the server that the guest sees as well, by name
     */
    public record Vm(
            @Nullable String id,
            @Nullable TextOrObject configuration,
            @DefaultValue Map<String, String> environment,
            @DefaultValue List<String> hostEnvironment) {}

    /**
     * The requests that a plugin is for.
     *
     * @param paths patterns: /*, /prefix/*, *.suffix or an exact /path
     * @param methods request methods; empty for all
     * @param hosts what clients call the server: names, or *.example.com; empty for all
     * @param ports ports of this server; empty for all
     */
    public record Match(
            @DefaultValue("/*") List<String> paths,
            @DefaultValue Set<String> methods,
            @DefaultValue Set<String> hosts,
            @DefaultValue Set<Integer> ports) {}

    /**
     * Requests that a plugin treats in another way.
     *
     * @param match the requests
     * @param enabled false: the plugin is left out of these requests
     * @param configuration handed to proxy_on_configure of the VMs that serve these requests
     */
    public record PluginOverride(
            @Nullable Match match, @DefaultValue("true") boolean enabled, @Nullable TextOrObject configuration) {}

    /**
     * WasmPlugin documents of Istio.
     *
     * @param wasmPlugins files and directories of WasmPlugin documents, whose plugins are used as well
     * @param labels labels of this service, for the selectors of the documents; without any, every selector fits
     * @param namespace namespace of this service: documents of others, but istio-system, are not for it
     */
    public record Istio(
            @DefaultValue List<String> wasmPlugins,
            @DefaultValue Map<String, String> labels,
            @Nullable String namespace) {}

    /**
     * Changes while the server runs.
     *
     * @param watch whether changed files and images are loaded while the server runs
     * @param interval how often files are looked at, besides when the system tells of a change
     * @param imageInterval how often registries are asked for images that are to be pulled always
     * @param drainTimeout how long requests may go on with a plugin that was replaced
     */
    public record Reload(
            @DefaultValue("true") boolean watch,
            @DefaultValue("10s") Duration interval,
            @DefaultValue("5m") Duration imageInterval,
            @DefaultValue("30s") Duration drainTimeout) {}

    /**
     * What a plugin may use. Sizes are written 256MiB, 64KiB, 1MB (a million) or in bytes.
     *
     * @param callbackTimeout guest time of one callback; beyond it the VM is discarded
     * @param startTimeout time of a whole start: start functions, vm_start and configure; beyond it the start fails
     * @param pauseTimeout how long one pause of a request may last; beyond it 504
     * @param memory linear memory of one VM; beyond it memory.grow answers -1
     * @param requestBodyBuffer request body that may be held; beyond it 413
     * @param responseBodyBuffer response body that may be held; beyond it 500, or a reset if the response has begun
     * @param headerCount pairs of one header map; a guest that adds more is refused
     * @param headerBytes bytes of one header map, likewise
     * @param logLine bytes of a guest's log line; a longer one is cut
     * @param hostcallsPerCallback hostcalls that cross to the host in one callback; beyond it the VM is discarded
     * @param calloutTimeout how long one HTTP or unary gRPC callout may take, whatever the plugin asks for
     * @param calloutsInFlight callouts of one instance without an answer, gRPC streams included
     * @param calloutBody body of one HTTP callout in either direction, or one gRPC message
     */
    public record Limits(
            @DefaultValue("1s") Duration callbackTimeout,
            @DefaultValue("10s") Duration startTimeout,
            @DefaultValue("30s") Duration pauseTimeout,
            @DefaultValue("256MiB") String memory,
            @DefaultValue("1MiB") String requestBodyBuffer,
            @DefaultValue("1MiB") String responseBodyBuffer,
            @DefaultValue("1000") int headerCount,
            @DefaultValue("1MiB") String headerBytes,
            @DefaultValue("16KiB") String logLine,
            @DefaultValue("100000") int hostcallsPerCallback,
            @DefaultValue("1m") Duration calloutTimeout,
            @DefaultValue("256") int calloutsInFlight,
            @DefaultValue("1MiB") String calloutBody) {}

    /**
     * What this server calls itself.
     *
     * @param id this server among others
     * @param cluster what this server is a part of
     * @param metadata anything else about this server, as an object
     * @param listenerDirection inbound, outbound or unspecified
     * @param clusterName what the application behind the filters is called
     * @param routeName the route that requests take
     */
    public record Node(
            @Nullable String id,
            @Nullable String cluster,
            @DefaultValue Map<String, Object> metadata,
            @DefaultValue("inbound") NodeConfig.Direction listenerDirection,
            @Nullable String clusterName,
            @Nullable String routeName) {}

    /**
     * A server that plugins may call.
     *
     * @param uri scheme, host and port of the server, such as http://127.0.0.1:9000
     * @param timeout how long one call may take, whatever the plugin asks for
     * @param sslBundle SSL bundle, below spring.ssl.bundle, that says whom to trust, which certificate to show, and how to speak TLS; without
     *     it, as tls says
     * @param tls the same in PEM files, which need no bundle
     */
    public record Upstream(
            @Nullable String uri,
            @DefaultValue("1m") Duration timeout,
            @Nullable String sslBundle,
            @Nullable Tls tls) {}

    /**
     * TLS of an upstream, in PEM files; without anything, as the JVM is configured.
     *
     * @param caCertificates file of the certificates that are trusted, and no others then
     * @param clientCertificate file of the certificate to show to a server that asks for one, its intermediates behind it
     * @param privateKey file of its key, without a password; it may be the same file
     * @param protocols the versions of TLS to speak, such as TLSv1.3
     * @param ciphers the cipher suites to offer, by their names in Java
     */
    public record Tls(
            @Nullable String caCertificates,
            @Nullable String clientCertificate,
            @Nullable String privateKey,
            @DefaultValue List<String> protocols,
            @DefaultValue List<String> ciphers) {}

    /**
     * Credentials for registries.
     *
     * @param file a Docker configuration, such as the file of a dockerconfigjson secret; read at each pull
     * @param dockerConfig the same as text or object, in place of a file
     */
    public record PullSecret(@Nullable String file, @Nullable TextOrObject dockerConfig) {}

    /**
     * What is kept on disk between starts.
     *
     * @param enabled whether modules from other servers are kept on disk
     * @param directory where they are kept; if it is set, compiled code is kept there as well
     * @param maxSize how much the modules there may take; the least recently used go first
     * @param maxAge how long a module is kept that nobody uses
     */
    public record Cache(
            @DefaultValue("true") boolean enabled,
            @Nullable String directory,
            @DefaultValue("1GiB") String maxSize,
            @DefaultValue("30d") Duration maxAge) {}

    /**
     * How the servlet filter is registered.
     *
     * @param order its place among filters; unless set, before Spring Security if a plugin is of phase authn, otherwise behind it
     * @param urlPatterns the requests that pass through it; plugins choose among these by match
     */
    public record Filter(@Nullable Integer order, @DefaultValue("/*") List<String> urlPatterns) {}
}
