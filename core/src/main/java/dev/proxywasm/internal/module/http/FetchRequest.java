package dev.proxywasm.internal.module.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request.
 *
 * @param method {@code GET} or {@code POST}; a POST is sent without redirects
 * @param uri absolute, of HTTP
 * @param headers besides those that the client makes; credentials go to the server of {@code uri} only, wherever it redirects to
 * @param body empty but for POST
 * @param maxBytes the longest body of a good answer
 * @param referrer the server that named {@code uri}, if it is not from the configuration: it may not name what is more private than itself
 */
public record FetchRequest(
        String method, URI uri, Map<String, String> headers, String body, int maxBytes, Optional<URI> referrer) {

    /** Copies the headers. */
    public FetchRequest {
        headers = Map.copyOf(headers);
    }

    /** A GET of an address that is configured. */
    public static FetchRequest get(URI uri, int maxBytes) {
        return new FetchRequest("GET", uri, Map.of(), "", maxBytes, Optional.empty());
    }

    /** A POST of a form to the same. */
    public FetchRequest asPost(String form) {
        return new FetchRequest("POST", uri, headers, form, maxBytes, referrer)
                .with("content-type", "application/x-www-form-urlencoded");
    }

    /** The same with a header more, or another value of it. */
    public FetchRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new FetchRequest(method, uri, more, body, maxBytes, referrer);
    }

    /** The same, named by a server. */
    public FetchRequest from(URI server) {
        return new FetchRequest(method, uri, headers, body, maxBytes, Optional.of(server));
    }

    /** The same to where an answer redirects, without credentials unless that is the same server. */
    FetchRequest redirectedTo(URI target) {
        Map<String, String> kept = new LinkedHashMap<>(headers);
        if (!HttpAddress.origin(target).equals(HttpAddress.origin(uri))) {
            kept.keySet().removeIf(name -> name.equalsIgnoreCase("authorization"));
        }
        return new FetchRequest(method, target, kept, body, maxBytes, Optional.of(uri));
    }

    /** Without headers and body, which may hold secrets. */
    @Override
    public String toString() {
        return method + " " + HttpAddress.display(uri);
    }
}
