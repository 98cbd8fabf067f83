package dev.proxywasm.internal.module.http;

import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides where requests for modules may go. A request to any server is made from within the network that the server lives in, so a
 * registry, or who wrote an address into a document, must not be able to aim it at what only that network can reach.
 *
 * <ul>
 *   <li>Plain HTTP only to hosts that are allowed by name.
 *   <li>Nothing to link-local addresses, where clouds offer credentials, to their like elsewhere, and to what is no single host.
 *   <li>What a server on a public address names (a redirect, a token server) may not be on a private one, unless it is allowed by name.
 * </ul>
 *
 * <p>Addresses are judged as the host name resolves, just before the connection is made. The JDK's client resolves once more: from the
 * JVM's cache of names (30 s unless {@code networkaddress.cache.ttl} says otherwise), so to the same addresses. With that cache off, a name
 * server that answers first one way and then another could get past the guard, but for HTTPS not past the certificate.
 */
public final class AddressGuard {

    private final Set<String> allowed;
    private final Resolver resolver;

    /** How host names become addresses. */
    @FunctionalInterface
    public interface Resolver {
        /** All addresses of a host. */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * A guard.
     *
     * @param allowInsecure hosts, or {@code host:port}, that need no TLS and that others may lead to
     */
    public AddressGuard(Set<String> allowInsecure) {
        this(allowInsecure, InetAddress::getAllByName);
    }

    /** With another resolver. */
    AddressGuard(Set<String> allowInsecure, Resolver resolver) {
        this.allowed = Set.copyOf(allowInsecure.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList());
        this.resolver = resolver;
    }

    /** Whether a host is allowed without TLS, with its port or with any. */
    public boolean allowsInsecure(URI uri) {
        String host = HttpAddress.host(uri);
        return allowed.contains(host) || allowed.contains(host + ":" + HttpAddress.port(uri));
    }

    /**
     * Checks an address from the configuration.
     *
     * @throws ModuleException if nothing may be requested there
     * @throws IOException if the host name has no address
     */
    void check(URI uri) throws ModuleException, IOException {
        requireHttp(uri);
        for (InetAddress address : addresses(uri)) {
            if (AddressKind.of(address) == AddressKind.FORBIDDEN) {
                throw new ModuleException("cannot be fetched: " + HttpAddress.display(uri) + " is at "
                        + address.getHostAddress()
                        + ", a link-local, metadata or other special address, from which no module is taken");
            }
        }
    }

    /**
     * Checks an address that a server named, besides what {@link #check} does.
     *
     * @throws ModuleException if it may not name that one
     * @throws IOException if a host name has no address
     */
    void checkReferral(URI from, URI to) throws ModuleException, IOException {
        boolean sameHost = HttpAddress.host(from).equals(HttpAddress.host(to));
        if (!sameHost && !allowsInsecure(to) && isPrivate(to) && !isPrivate(from)) {
            throw new ModuleException("cannot be fetched: " + HttpAddress.origin(from)
                    + ", a public server, leads to the private address " + HttpAddress.display(to)
                    + "; if that is meant, add its host to 'allow-insecure'");
        }
    }

    private void requireHttp(URI uri) throws ModuleException {
        String scheme = HttpAddress.scheme(uri);
        if (!scheme.equals("http") && !scheme.equals("https")
                || HttpAddress.host(uri).isEmpty()) {
            throw new ModuleException(
                    "cannot be fetched: " + HttpAddress.display(uri) + " is no http or https address with a host");
        }
        if (scheme.equals("http") && !allowsInsecure(uri)) {
            throw new ModuleException("cannot be fetched: " + HttpAddress.display(uri)
                    + " is plain HTTP, which anyone on the way can change; use https, or add '" + HttpAddress.host(uri)
                    + "' to 'allow-insecure'");
        }
    }

    private boolean isPrivate(URI uri) throws IOException {
        return addresses(uri).stream().anyMatch(address -> AddressKind.of(address) == AddressKind.PRIVATE);
    }

    /** None where a proxy will look the name up, and may know other names than this machine does. */
    private List<InetAddress> addresses(URI uri) throws IOException {
        String host = HttpAddress.host(uri);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        boolean isLiteral = host.startsWith("[") || bare.matches("[0-9.]+");
        return isLiteral || !isProxied(uri) ? Arrays.asList(resolver.resolve(bare)) : List.of();
    }

    private static boolean isProxied(URI uri) {
        ProxySelector selector = ProxySelector.getDefault();
        return selector != null
                && selector.select(uri).stream().anyMatch(proxy -> proxy.type() == java.net.Proxy.Type.HTTP);
    }
}
