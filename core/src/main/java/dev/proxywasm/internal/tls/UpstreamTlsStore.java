package dev.proxywasm.internal.tls;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.TlsFiles;
import dev.proxywasm.UpstreamConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS of upstreams that is kept in files. There is one for the same files as long as a configuration names them, so that a reload finds
 * an upstream as it was, while calls use what is in the files now. One thread at a time; calls are made by any.
 */
public final class UpstreamTlsStore {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.callout");

    /** What makes files the same. */
    private record Named(TlsFiles files, Path baseDirectory) {
        boolean isNothing() {
            return files.equals(TlsFiles.NONE);
        }
    }

    private final ClassLoader classLoader;
    private final Map<Named, FileTls> known = new HashMap<>();

    /** With nothing yet; {@code classLoader} finds what is on the class path. */
    public UpstreamTlsStore(ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    /** The files that upstreams of a configuration name, whether they exist or not. */
    public Set<Path> files(ProxyWasmConfig config) {
        Set<Path> files = new LinkedHashSet<>();
        named(config).forEach(named -> files.addAll(reader(named).paths()));
        return files;
    }

    /**
     * The upstreams of a configuration, if it is enabled, with the TLS that is in their files now; whoever has it from an earlier reading uses it from now on
     * too.
     *
     * @throws ConfigurationException naming upstream, key, file and cure, if files cannot be used: what they had before still holds. All
     *     others have been read all the same, since certificates end whatever becomes of their neighbours
     */
    public Map<String, UpstreamConfig> read(ProxyWasmConfig config) {
        Map<String, UpstreamConfig> upstreams = new LinkedHashMap<>(config.upstreams());
        if (!config.enabled()) {
            return upstreams;
        }
        Set<Named> done = new HashSet<>();
        List<String> problems = new ArrayList<>();
        upstreams.replaceAll((name, upstream) -> {
            Named named = new Named(upstream.tlsFiles(), config.baseDirectory());
            if (named.isNothing()) {
                return upstream;
            }
            try {
                if (!done.contains(named)) {
                    readAnew(named, name);
                    done.add(named);
                }
                return upstream.withTls(Objects.requireNonNull(known.get(named)));
            } catch (UnusableTlsException e) {
                problems.add("upstream '" + name + "': " + e.getMessage());
                return upstream;
            }
        });
        if (!problems.isEmpty()) {
            throw new ConfigurationException(String.join(". Also: ", problems));
        }
        return upstreams;
    }

    /** Forgets what no upstream of the configuration in use has any more. */
    public void keepOnly(ProxyWasmConfig config) {
        known.keySet().retainAll(named(config).collect(Collectors.toSet()));
    }

    private static Stream<Named> named(ProxyWasmConfig config) {
        return config.upstreams().values().stream()
                .map(upstream -> new Named(upstream.tlsFiles(), config.baseDirectory()))
                .filter(named -> !named.isNothing());
    }

    private MaterialReader reader(Named named) {
        return new MaterialReader(named.files(), named.baseDirectory(), classLoader);
    }

    private void readAnew(Named named, String upstream) throws UnusableTlsException {
        FileTls present = known.get(named);
        if (present == null) {
            present = new FileTls(named.files(), reader(named));
            known.put(named, present);
            LOG.info("upstream '{}' has TLS of its own: {}", upstream, present.material());
        } else if (present.renew()) {
            LOG.info(
                    "the TLS of upstream '{}' has changed; calls use it as it is now: {}",
                    upstream,
                    present.material());
        } else {
            return;
        }
        present.material().untimely().forEach(problem -> LOG.warn("upstream '{}': {}", upstream, problem));
    }
}
