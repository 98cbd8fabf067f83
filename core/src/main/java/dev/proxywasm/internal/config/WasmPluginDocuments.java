package dev.proxywasm.internal.config;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.NodeConfig.Direction;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.internal.config.Setting.Entry;
import dev.proxywasm.internal.config.Setting.Mapping;
import dev.proxywasm.internal.config.Setting.Sequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads Istio's WasmPlugin documents, as they are in a cluster, for one service: which of them are for it, and what they mean in this host.
 *
 * <p>Files may hold several documents, also of other kinds, which are passed by. Used once.
 */
final class WasmPluginDocuments {

    private static final String API = "extensions.istio.io/";
    private static final String VERSION = API + "v1alpha1";
    private static final String KIND = "WasmPlugin";
    private static final Set<String> PARTS = Set.of("apiVersion", "kind", "metadata", "spec", "status");

    private final Map<String, String> labels;
    private final String namespace;
    private final Direction direction;
    private final WasmPluginNotes notes = new WasmPluginNotes();
    private final Map<Name, PluginConfig> plugins = new TreeMap<>();
    private final Map<Name, Located> places = new TreeMap<>();

    /**
     * For a service.
     *
     * @param labels what selectors are compared with; empty: every selector fits
     * @param namespace whose documents are meant, besides those of {@code istio-system}; empty for all
     * @param direction of the traffic that this host filters
     */
    WasmPluginDocuments(Map<String, String> labels, String namespace, Direction direction) {
        this.labels = labels;
        this.namespace = namespace;
        this.direction = direction;
    }

    /** In the order in which Istio breaks ties. */
    private record Name(String name, String namespace) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            return Comparator.comparing(Name::name)
                    .thenComparing(Name::namespace)
                    .compare(this, other);
        }

        String inThisHost() {
            return namespace + "." + name;
        }
    }

    /** The plugins that were found for the service, in the order in which Istio breaks ties of priority. */
    List<PluginConfig> plugins() {
        return List.copyOf(plugins.values());
    }

    /** What has no meaning here or was left out. */
    List<String> notes() {
        return notes.all();
    }

    /**
     * Reads a file, or the files of a directory that end like YAML.
     *
     * @throws ConfigurationException naming file, line, field and what was expected
     */
    void read(Path place) {
        if (!Files.isDirectory(place)) {
            readFile(place);
            return;
        }
        try (Stream<Path> entries = Files.list(place)) {
            entries.filter(WasmPluginDocuments::isDocument).sorted().forEach(this::readFile);
        } catch (IOException | UncheckedIOException e) {
            throw new ConfigurationException("directory " + place + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /** Names that begin with a dot are what a mounted ConfigMap is made of. */
    private static boolean isDocument(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.startsWith(".") && name.matches(".*\\.(ya?ml|json)");
    }

    private void readFile(Path file) {
        for (Setting document : new YamlTree(file.toString()).readAll(YamlText.of(file))) {
            if (!document.isNothing()) {
                read(new Located(document, ""), file);
            }
        }
    }

    private void read(Located document, Path file) {
        if (!(document.setting() instanceof Mapping mapping)) {
            throw document.unexpected("a Kubernetes object with apiVersion, kind, metadata and spec");
        }
        String kind = text(document, mapping, "kind");
        if (kind.equals("List")) {
            readItems(place(document, mapping, "items"), file);
            return;
        }
        String version = text(document, mapping, "apiVersion");
        if (!kind.equals(KIND) || !version.startsWith(API)) {
            notes.add(document, "a " + kind + " of " + version + " is no " + KIND + ", and is passed by");
            return;
        }
        if (!version.equals(VERSION)) {
            throw place(document, mapping, "apiVersion").unexpected(VERSION);
        }
        mapping.entries().forEach((key, entry) -> {
            if (!PARTS.contains(key)) {
                throw new ConfigurationException(entry.keyOrigin().at(document.childPath(key))
                        + ": unknown key; expected apiVersion, kind, metadata and spec");
            }
        });
        add(name(place(document, mapping, "metadata")), place(document, mapping, "spec"), file);
    }

    private void readItems(Located items, Path file) {
        if (!(items.setting() instanceof Sequence sequence)) {
            throw items.unexpected("a list of Kubernetes objects");
        }
        for (int i = 0; i < sequence.items().size(); i++) {
            read(items.item(i, sequence.items().get(i)), file);
        }
    }

    private void add(Name name, Located spec, Path file) {
        Path directory = file.toAbsolutePath().normalize().getParent();
        WasmPluginDraft draft =
                new WasmPluginDraft(name.inThisHost(), directory == null ? file.toAbsolutePath() : directory, notes);
        WasmPluginKeys.read(spec, draft);
        Located earlier = places.putIfAbsent(name, spec);
        if (earlier != null) {
            throw spec.error(KIND + " " + name.name + " in " + name.namespace + " is there twice, first at "
                    + earlier.setting().origin().at(""));
        }
        List<WasmPluginTraffic> traffic = draft.traffic.stream()
                .filter(some -> some.mode().means(direction))
                .toList();
        String reason = reasonToLeaveOut(name, draft, traffic);
        if (reason != null) {
            notes.add(spec, KIND + " " + name.inThisHost() + " is left out: " + reason);
            return;
        }
        boolean everyPort = traffic.stream().anyMatch(some -> some.ports().isEmpty());
        plugins.put(
                name,
                draft.build(
                        everyPort
                                ? Set.of()
                                : traffic.stream()
                                        .flatMap(some -> some.ports().stream())
                                        .collect(Collectors.toUnmodifiableSet())));
    }

    private @Nullable String reasonToLeaveOut(Name name, WasmPluginDraft draft, List<WasmPluginTraffic> traffic) {
        if (!namespace.isEmpty() && !Set.of(namespace, "istio-system").contains(name.namespace)) {
            return "its namespace is not " + namespace + ", the service's";
        }
        if (!labels.isEmpty() && !labels.entrySet().containsAll(draft.matchLabels.entrySet())) {
            return "its selector " + draft.matchLabels + " does not fit the service's labels " + labels;
        }
        if (!draft.isHttp) {
            return "type NETWORK filters TCP streams, which this host does not have";
        }
        return traffic.isEmpty() ? "its match is for the other side of the connection" : null;
    }

    private static Name name(Located metadata) {
        if (!(metadata.setting() instanceof Mapping mapping)) {
            throw metadata.unexpected("an object with name and namespace");
        }
        Located namespace = child(metadata, mapping, "namespace");
        return new Name(text(metadata, mapping, "name"), namespace == null ? "default" : Values.TEXT.read(namespace));
    }

    private static String text(Located parent, Mapping mapping, String key) {
        return Values.TEXT.read(place(parent, mapping, key));
    }

    private static Located place(Located parent, Mapping mapping, String key) {
        Located child = child(parent, mapping, key);
        if (child == null) {
            throw parent.error("'" + parent.childPath(key) + "' is missing");
        }
        return child;
    }

    private static @Nullable Located child(Located parent, Mapping mapping, String key) {
        Entry entry = mapping.entries().get(key);
        return entry == null || entry.value().isNothing() ? null : parent.child(key, entry.value());
    }
}
