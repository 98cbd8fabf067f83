package dev.proxywasm.internal.config;

import static dev.proxywasm.internal.config.Quantities.ARRAY_SIZE;
import static dev.proxywasm.internal.config.Quantities.DURATION;
import static dev.proxywasm.internal.config.Quantities.SIZE;
import static dev.proxywasm.internal.config.Values.FLAG;
import static dev.proxywasm.internal.config.Values.INTEGER;
import static dev.proxywasm.internal.config.Values.LIST;
import static dev.proxywasm.internal.config.Values.MAP;
import static dev.proxywasm.internal.config.Values.PORTS;
import static dev.proxywasm.internal.config.Values.SET;
import static dev.proxywasm.internal.config.Values.TEXT;
import static dev.proxywasm.internal.config.Values.TEXT_OR_OBJECT;
import static dev.proxywasm.internal.config.Values.oneOf;

import dev.proxywasm.Engine;
import dev.proxywasm.FailurePolicy;
import dev.proxywasm.ImagePull;
import dev.proxywasm.Phase;
import dev.proxywasm.PluginConfig;
import java.util.List;
import java.util.function.BiConsumer;

/** The keys of a plugin. */
final class PluginKeys {

    /** What names a plugin; flat doors have it in the names of the other keys. */
    static final String NAME = "name";

    /** One row for each key. The name comes first, so that messages about the others can say it. */
    static final List<Key<PluginDraft, ?>> TABLE = List.of(
            key(
                    NAME,
                    TEXT,
                    Key.REQUIRED,
                    "names the plugin in messages, logs and metrics; unique",
                    (d, v) -> d.name = v),
            key(
                    "module",
                    TEXT,
                    Key.REQUIRED,
                    "address of the .wasm or .wat module: a path, file:, classpath:, http:, https: or oci:",
                    (d, v) -> d.module = v),
            key(
                    "sha256",
                    TEXT,
                    "",
                    "hex digest that the module must have, unpacked; of an image, its manifest",
                    (d, v) -> d.sha256 = v),
            key(
                    "image-pull-policy",
                    oneOf(ImagePull.Policy.class),
                    "unspecified",
                    "when a server is asked for a module that the cache has: if-not-present never, always at each start;"
                            + " unspecified for the tag latest",
                    (d, v) -> d.pullPolicy = v),
            key(
                    "image-pull-secret",
                    TEXT,
                    "",
                    "name of a pull secret; without it, what Docker's client of this user has",
                    (d, v) -> d.pullSecret = v),
            key("root-id", TEXT, "", "chooses one of several plugins in a module", (d, v) -> d.rootId = v),
            key(
                    "configuration",
                    TEXT_OR_OBJECT,
                    "",
                    "handed to proxy_on_configure; an object is handed over as JSON",
                    (d, v) -> d.configuration = v),
            key(
                    "engine",
                    oneOf(Engine.class),
                    "auto",
                    "what runs its guests: wasmtime, native; jvm, faster for all but large modules and on every platform, needs"
                            + " run.endive:compiler; auto chooses",
                    (d, v) -> d.engine = v),
            key("vm.id", TEXT, "", "name space of shared data and queues", (d, v) -> d.vmId = v),
            key(
                    "vm.configuration",
                    TEXT_OR_OBJECT,
                    "",
                    "handed to proxy_on_vm_start; an object is handed over as JSON",
                    (d, v) -> d.vmConfiguration = v),
            key("vm.environment", MAP, "{}", "variables that the guest sees", (d, v) -> d.environment = v),
            key(
                    "vm.host-environment",
                    LIST,
                    "[]",
                    "variables of the server that the guest sees as well, by name",
                    (d, v) -> d.hostEnvironment = v),
            key(
                    "phase",
                    oneOf(Phase.class),
                    "unspecified",
                    "where in the chain it stands: authn, authz, stats or unspecified, in this order",
                    (d, v) -> d.phase = v),
            key(
                    "priority",
                    INTEGER,
                    "0",
                    "within its phase, higher first; equal ones in the order of declaration",
                    (d, v) -> d.priority = v),
            key(
                    "failure-policy",
                    oneOf(FailurePolicy.class),
                    "closed",
                    "requests that it cannot judge: closed refuses them with 503, open lets them pass",
                    (d, v) -> d.failurePolicy = v),
            key("match.paths", LIST, MatchKeys.ANY_PATH, MatchKeys.PATHS, (d, v) -> d.match.paths = v),
            key("match.methods", SET, "[]", MatchKeys.METHODS, (d, v) -> d.match.methods = v),
            key("match.hosts", SET, "[]", MatchKeys.HOSTS, (d, v) -> d.match.hosts = v),
            key("match.ports", PORTS, "[]", MatchKeys.PORTS, (d, v) -> d.match.ports = v),
            key(
                    "overrides",
                    OverrideKeys.LIST,
                    "[]",
                    "requests that it treats in another way, by a match and either enabled: false or another configuration",
                    (d, v) -> d.overrides = v),
            key(
                    "instances",
                    INTEGER,
                    "(number of processors)",
                    "how many VMs may serve it at once",
                    (d, v) -> d.instances = v),
            key(
                    "limits.callback-timeout",
                    DURATION,
                    "1s",
                    "guest time of one callback; beyond it the VM is discarded",
                    (d, v) -> d.limits.callbackTimeout(v)),
            key(
                    "limits.start-timeout",
                    DURATION,
                    "10s",
                    "time of a whole start: start functions, vm_start and configure; beyond it the start fails",
                    (d, v) -> d.limits.startTimeout(v)),
            key(
                    "limits.pause-timeout",
                    DURATION,
                    "30s",
                    "how long one pause of a request may last; beyond it 504",
                    (d, v) -> d.limits.pauseTimeout(v)),
            key(
                    "limits.memory",
                    SIZE,
                    "256MiB",
                    "linear memory of one VM; beyond it memory.grow answers -1",
                    (d, v) -> d.limits.memoryBytes(v)),
            key(
                    "limits.request-body-buffer",
                    ARRAY_SIZE,
                    "1MiB",
                    "request body that may be held; beyond it 413",
                    (d, v) -> d.limits.requestBodyBufferBytes(v)),
            key(
                    "limits.response-body-buffer",
                    ARRAY_SIZE,
                    "1MiB",
                    "response body that may be held; beyond it 500, or a reset if the response has begun",
                    (d, v) -> d.limits.responseBodyBufferBytes(v)),
            key(
                    "limits.header-count",
                    INTEGER,
                    "1000",
                    "pairs of one header map; a guest that adds more is refused",
                    (d, v) -> d.limits.headerCount(v)),
            key(
                    "limits.header-bytes",
                    ARRAY_SIZE,
                    "1MiB",
                    "bytes of one header map, likewise",
                    (d, v) -> d.limits.headerBytes(v)),
            key(
                    "limits.log-line",
                    ARRAY_SIZE,
                    "16KiB",
                    "bytes of a guest's log line; a longer one is cut",
                    (d, v) -> d.limits.logLineBytes(v)),
            key(
                    "limits.hostcalls-per-callback",
                    INTEGER,
                    "100000",
                    "hostcalls that cross to the host in one callback; beyond it the VM is discarded",
                    (d, v) -> d.limits.hostcallsPerCallback(v)),
            key(
                    "limits.callout-timeout",
                    DURATION,
                    "1m",
                    "how long one HTTP or unary gRPC callout may take, whatever the plugin asks for",
                    (d, v) -> d.limits.calloutTimeout(v)),
            key(
                    "limits.callouts-in-flight",
                    INTEGER,
                    "256",
                    "callouts of one instance without an answer, gRPC streams included",
                    (d, v) -> d.limits.calloutsInFlight(v)),
            key(
                    "limits.callout-body",
                    ARRAY_SIZE,
                    "1MiB",
                    "body of one HTTP callout in either direction, or one gRPC message",
                    (d, v) -> d.limits.calloutBodyBytes(v)),
            key(
                    "allow-on-headers-stop-iteration",
                    FLAG,
                    "false",
                    "whether a pause from a headers callback lets body callbacks come",
                    (d, v) -> d.allowOnHeadersStopIteration = v),
            key(
                    "capabilities",
                    SET,
                    "[]",
                    "hostcalls and callbacks that it may use, by name; empty for all",
                    (d, v) -> d.capabilities = v));

    private static final Binder<PluginDraft> BINDER = new Binder<>(TABLE);

    private PluginKeys() {}

    /** A plugin from a mapping of these keys. */
    static PluginConfig read(Located value) {
        PluginDraft draft = new PluginDraft();
        BINDER.bind(value, draft);
        return draft.build();
    }

    private static <T> Key<PluginDraft, T> key(
            String path, ValueType<T> type, String defaultText, String meaning, BiConsumer<PluginDraft, T> setter) {
        return new Key<>(path, type, defaultText, meaning, setter);
    }
}
