package dev.proxywasm.internal.callout;

import dev.proxywasm.UpstreamConfig;
import dev.proxywasm.spi.CalloutRefusedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom guests may call, and what their names for upstreams mean.
 *
 * <p>A name is looked up in the table. The name of an Istio cluster, {@code outbound|80||host}, also means the table's entry of its host.
 * Only where direct callouts are allowed, a name that is not in the table may be {@code host}, {@code host:port} or a URL.
 *
 * <p>Immutable.
 */
public final class Upstreams {

    /** Nobody. */
    public static final Upstreams NONE = new Upstreams(Map.of(), false);

    private static final int LONGEST_QUOTE = 200;

    /** Direction, port, subset, host. */
    private static final Pattern ISTIO = Pattern.compile("(?:outbound|inbound)\\|(\\d{1,5})\\|[^|]*\\|([^|]+)");

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?");

    private final Map<String, UpstreamConfig> table;
    private final boolean allowDirect;

    /**
     * The upstreams of a host.
     *
     * @param table by the name that guests use
     * @param allowDirect whether guests may call servers that are not in the table
     */
    public Upstreams(Map<String, UpstreamConfig> table, boolean allowDirect) {
        this.table = table;
        this.allowDirect = allowDirect;
    }

    /** Whether the table has exactly that name. */
    boolean has(String name) {
        return table.containsKey(name);
    }

    /**
     * The upstream that a guest means.
     *
     * @param secure whether a server that is named without a scheme is called through TLS
     * @throws CalloutRefusedException if there is none; lists those that there are
     */
    UpstreamConfig find(String name, boolean secure) {
        UpstreamConfig configured = table.get(name);
        if (configured != null) {
            return configured;
        }
        Matcher istio = ISTIO.matcher(name);
        if (istio.matches()) {
            UpstreamConfig host = table.get(istio.group(2));
            return host != null ? host : direct(name, istio.group(2) + ":" + istio.group(1), secure);
        }
        return direct(name, name, secure);
    }

    /** Whether guests may learn the addresses of a name: those of servers that they may call. */
    boolean mayResolve(String name) {
        return allowDirect
                || table.values().stream()
                        .anyMatch(known -> name.equalsIgnoreCase(known.uri().getHost()));
    }

    private UpstreamConfig direct(String name, String address, boolean secure) {
        UpstreamConfig upstream = allowDirect ? parse(address, secure) : null;
        if (upstream == null) {
            throw new CalloutRefusedException(unknown(name));
        }
        return upstream;
    }

    private static @Nullable UpstreamConfig parse(String address, boolean secure) {
        String url = HOST_AND_PORT.matcher(address).matches() ? (secure ? "https://" : "http://") + address : address;
        try {
            return new UpstreamConfig(new URI(url));
        } catch (URISyntaxException | IllegalArgumentException unusable) {
            // Both say that it is no address of a server; the guest is told so with the known names.
            return null;
        }
    }

    private String unknown(String name) {
        String shown = name.length() <= LONGEST_QUOTE ? name : name.substring(0, LONGEST_QUOTE) + "...";
        return "upstream '" + shown.replaceAll("\\p{Cntrl}", "?") + "' is unknown; known are: "
                + (table.isEmpty() ? "none" : String.join(", ", table.keySet()))
                + (allowDirect
                        ? ". It is no host:port or URL of a server either"
                        : ". Add it to the configuration's 'upstreams', or set 'allow-direct-callouts' to let plugins call any host:port");
    }
}
