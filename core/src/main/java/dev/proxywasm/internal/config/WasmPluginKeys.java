package dev.proxywasm.internal.config;

import static dev.proxywasm.internal.config.Values.INTEGER;
import static dev.proxywasm.internal.config.Values.MAP;
import static dev.proxywasm.internal.config.Values.TEXT;
import static dev.proxywasm.internal.config.Values.wordOf;

import dev.proxywasm.FailurePolicy;
import dev.proxywasm.ImagePull;
import dev.proxywasm.Phase;
import dev.proxywasm.internal.config.Setting.Mapping;
import dev.proxywasm.internal.config.Setting.Sequence;
import dev.proxywasm.internal.config.WasmPluginTraffic.Mode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The fields of the spec of an Istio WasmPlugin document (extensions.istio.io/v1alpha1). */
final class WasmPluginKeys {

    private static final String NOT_HERE = "has no meaning in this host, and is ignored: ";

    /** One row for each field. */
    static final List<Key<WasmPluginDraft, ?>> TABLE = List.of(
            key("url", TEXT, Key.REQUIRED, "address of the module", (d, v) -> d.url = v),
            key("sha256", TEXT, "", "digest that the module must have", (d, v) -> d.sha256 = v),
            key(
                    "imagePullPolicy",
                    wordOf(Map.of(
                            "UNSPECIFIED_POLICY", ImagePull.Policy.UNSPECIFIED,
                            "IfNotPresent", ImagePull.Policy.IF_NOT_PRESENT,
                            "Always", ImagePull.Policy.ALWAYS)),
                    "UNSPECIFIED_POLICY",
                    "when the server is asked although the cache has the module",
                    (d, v) -> d.pullPolicy = v),
            key("imagePullSecret", TEXT, "", "one of pull-secrets", (d, v) -> d.pullSecret = v),
            key("pluginName", TEXT, "", "the root id", (d, v) -> d.pluginName = v),
            key("pluginConfig", WasmPluginKeys::struct, "", "handed over as JSON", (d, v) -> d.pluginConfig = v),
            key(
                    "phase",
                    wordOf(Map.of(
                            "UNSPECIFIED_PHASE", Phase.UNSPECIFIED,
                            "AUTHN", Phase.AUTHN,
                            "AUTHZ", Phase.AUTHZ,
                            "STATS", Phase.STATS)),
                    "UNSPECIFIED_PHASE",
                    "where in the chain it stands",
                    (d, v) -> d.phase = v),
            key("priority", INTEGER, "0", "within its phase, higher first", (d, v) -> d.priority = v),
            key(
                    "failStrategy",
                    // A VM that trapped is always replaced here, so reloading is how both of the others behave.
                    wordOf(Map.of(
                            "FAIL_CLOSE", FailurePolicy.CLOSED,
                            "FAIL_OPEN", FailurePolicy.OPEN,
                            "FAIL_RELOAD", FailurePolicy.CLOSED)),
                    "FAIL_CLOSE",
                    "requests that it cannot judge",
                    (d, v) -> d.failStrategy = v),
            key("vmConfig.env", WasmPluginKeys::variables, "[]", "variables that the guest sees", (d, v) -> {
                v.stream()
                        .filter(variable -> !variable.fromHost)
                        .forEach(variable -> d.environment.put(variable.name, variable.value));
                d.hostEnvironment = v.stream()
                        .filter(variable -> variable.fromHost)
                        .map(variable -> variable.name)
                        .toList();
            }),
            key("selector.matchLabels", MAP, "{}", "labels of the services it is for", (d, v) -> d.matchLabels = v),
            key("match", WasmPluginKeys::traffic, "[]", "the traffic that it is for", (d, v) -> d.traffic = v),
            key(
                    "type",
                    wordOf(Map.of("UNSPECIFIED_PLUGIN_TYPE", true, "HTTP", true, "NETWORK", false)),
                    "HTTP",
                    "what it filters",
                    (d, v) -> d.isHttp = v),
            key(
                    "verificationKey",
                    place -> place,
                    "",
                    "not implemented by Istio either",
                    (d, v) -> d.notes.add(v, NOT_HERE + "nothing verifies signatures of images; set sha256")),
            key(
                    "targetRef",
                    place -> place,
                    "",
                    "a gateway or service",
                    (d, v) -> d.notes.add(v, NOT_HERE + "the plugin is for this service")),
            key(
                    "targetRefs",
                    place -> place,
                    "",
                    "gateways or services",
                    (d, v) -> d.notes.add(v, NOT_HERE + "the plugin is for this service")));

    private static final Binder<WasmPluginDraft> BINDER = new Binder<>(TABLE);
    private static final Binder<VariableDraft> VARIABLE = new Binder<>(List.of(
            new Key<>("name", TEXT, Key.REQUIRED, "name of the variable", (d, v) -> d.name = v),
            new Key<>(
                    "valueFrom",
                    wordOf(Map.of("INLINE", false, "HOST", true)),
                    "INLINE",
                    "where its value is",
                    (d, v) -> d.fromHost = v),
            new Key<>("value", TEXT, "", "its value, if inline", (d, v) -> d.value = v)));
    private static final Binder<TrafficDraft> TRAFFIC = new Binder<>(List.of(
            new Key<>(
                    "mode",
                    wordOf(Map.of(
                            "UNDEFINED", Mode.CLIENT_AND_SERVER,
                            "CLIENT", Mode.CLIENT,
                            "SERVER", Mode.SERVER,
                            "CLIENT_AND_SERVER", Mode.CLIENT_AND_SERVER)),
                    "CLIENT_AND_SERVER",
                    "side of the connection",
                    (d, v) -> d.mode = v),
            new Key<>("ports", WasmPluginKeys::ports, "[]", "ports of the server", (d, v) -> d.ports = v)));
    private static final Binder<PortDraft> PORT = new Binder<>(
            List.of(new Key<>("number", INTEGER, Key.REQUIRED, "number of the port", (d, v) -> d.number = v)));

    private WasmPluginKeys() {}

    /** Reads a spec. */
    static void read(Located spec, WasmPluginDraft draft) {
        BINDER.bind(spec, draft);
    }

    /** An empty object is handed over as nothing, as Istio does it. */
    private static String struct(Located value) {
        if (!(value.setting() instanceof Mapping mapping)) {
            throw value.unexpected("an object, which is handed over as JSON");
        }
        return mapping.entries().isEmpty() ? "" : new JsonText().of(value);
    }

    private static List<VariableDraft> variables(Located value) {
        List<VariableDraft> variables = new ArrayList<>();
        for (Located item : items(value, "a list of variables, such as [{name: REGION, value: eu}]")) {
            VariableDraft draft = new VariableDraft();
            VARIABLE.bind(item, draft);
            variables.add(draft);
        }
        return variables;
    }

    private static List<WasmPluginTraffic> traffic(Located value) {
        List<WasmPluginTraffic> traffic = new ArrayList<>();
        for (Located item : items(value, "a list of matches, such as [{mode: SERVER, ports: [{number: 8080}]}]")) {
            TrafficDraft draft = new TrafficDraft();
            TRAFFIC.bind(item, draft);
            traffic.add(new WasmPluginTraffic(draft.mode, draft.ports));
        }
        return traffic.isEmpty() ? List.of(WasmPluginTraffic.ANY) : traffic;
    }

    private static Set<Integer> ports(Located value) {
        Set<Integer> ports = new LinkedHashSet<>();
        for (Located item : items(value, "a list of ports, such as [{number: 8080}]")) {
            PortDraft draft = new PortDraft();
            PORT.bind(item, draft);
            ports.add(draft.number);
        }
        return ports;
    }

    private static List<Located> items(Located value, String expected) {
        if (!(value.setting() instanceof Sequence sequence)) {
            throw value.unexpected(expected);
        }
        List<Located> items = new ArrayList<>();
        for (Setting item : sequence.items()) {
            items.add(value.item(items.size(), item));
        }
        return items;
    }

    private static <T> Key<WasmPluginDraft, T> key(
            String path, ValueType<T> type, String defaultText, String meaning, BiConsumer<WasmPluginDraft, T> setter) {
        return new Key<>(path, type, defaultText, meaning, setter);
    }

    private static final class VariableDraft implements Draft {
        private String name = "";
        private String value = "";
        private boolean fromHost;

        @Override
        public void check() {
            if (fromHost && !value.isEmpty()) {
                throw new IllegalArgumentException("a variable of the HOST has no value of its own; remove it");
            }
        }
    }

    private static final class TrafficDraft implements Draft {
        private Mode mode = Mode.CLIENT_AND_SERVER;
        private Set<Integer> ports = Set.of();

        @Override
        public void check() {
            // Every combination is right.
        }
    }

    private static final class PortDraft implements Draft {
        private int number = 1;

        @Override
        public void check() {
            if (number < 1 || number > 65_535) {
                throw new IllegalArgumentException("found '" + number + "', expected a port from 1 to 65535");
            }
        }
    }
}
