package dev.proxywasm.internal.module.oci;

import dev.proxywasm.internal.module.http.FetchRequest;
import dev.proxywasm.internal.module.http.FetchResponse;
import dev.proxywasm.internal.module.http.HttpFetcher;
import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.module.source.Sha256;
import dev.proxywasm.internal.module.source.UnreachableException;
import java.net.URI;
import java.util.Optional;

/** One repository of a registry, for one pull: what it delivers has the digest that it was asked for. Used by one thread. */
final class Registry {

    private static final String DIGEST_PREFIX = "sha256:";

    private final HttpFetcher fetcher;
    private final URI server;
    private final ImageReference image;
    private final Credentials credentials;
    private final Authorizer authorizer;
    private String authorization = "";

    Registry(HttpFetcher fetcher, URI server, ImageReference image, Credentials credentials) {
        this.fetcher = fetcher;
        this.server = server;
        this.image = image;
        this.credentials = credentials;
        this.authorizer = new Authorizer(fetcher, server, image.repository(), credentials);
    }

    /**
     * The manifest or index of a tag or a digest.
     *
     * @throws ModuleException if there is none, it is refused, or it is another than was asked for
     */
    Manifest manifest(String target) throws ModuleException, UnreachableException {
        FetchResponse response = send(manifestRequest(target), "tag or digest '" + target + "'");
        String digest = DIGEST_PREFIX + Sha256.of(response.body());
        requireDigest(
                target.startsWith(DIGEST_PREFIX) ? target : announced(response).orElse(digest), digest);
        return Manifest.parse(digest, response.body());
    }

    /**
     * What a descriptor describes.
     *
     * @throws ModuleException if it is missing, larger than {@code maxBytes}, or another than is described
     */
    byte[] blob(Descriptor descriptor, int maxBytes) throws ModuleException, UnreachableException {
        if (descriptor.size() > maxBytes) {
            throw new ModuleException("cannot be fetched: its layer has " + descriptor.size() + " bytes, more than "
                    + maxBytes + ", the most that is loaded; build it smaller, without debug information");
        }
        URI uri = uri("/blobs/" + descriptor.digest());
        byte[] body = send(FetchRequest.get(uri, (int) descriptor.size()), "layer " + descriptor.digest())
                .body();
        requireDigest(descriptor.digest(), DIGEST_PREFIX + Sha256.of(body));
        return body;
    }

    private FetchRequest manifestRequest(String target) {
        return FetchRequest.get(uri("/manifests/" + target), Manifest.MAX_BYTES).with("accept", Manifest.ACCEPTED);
    }

    private URI uri(String path) {
        return URI.create(server + "/v2/" + image.repository() + path);
    }

    /** Only of a digest that can be checked. */
    private static Optional<String> announced(FetchResponse response) {
        return Optional.of(response.header("docker-content-digest")).filter(text -> text.startsWith(DIGEST_PREFIX));
    }

    private static void requireDigest(String expected, String actual) throws ModuleException {
        if (!expected.equals(actual)) {
            throw new ModuleException("cannot be fetched: the registry sent something with the digest " + actual
                    + " for " + expected + "; the image is damaged, or someone is in between: push it again");
        }
    }

    private FetchResponse send(FetchRequest request, String what) throws ModuleException, UnreachableException {
        FetchResponse response = fetcher.send(authorized(request));
        if (response.status() == 401) {
            Optional<String> answer = authorizer.answer(Challenge.parse(response.headers("www-authenticate")));
            if (answer.isPresent()) {
                authorization = answer.get();
                response = fetcher.send(authorized(request));
            }
        }
        if (response.isGood()) {
            return response;
        }
        throw switch (response.status()) {
            case 401, 403 ->
                new ModuleException("cannot be fetched: the registry " + server + " answered with status "
                        + response.status() + " to " + credentials.described()
                        + "; correct them, or name a pull secret with 'image-pull-secret'");
            case 404 ->
                new ModuleException("cannot be fetched: the registry " + server + " has no " + what + " in repository '"
                        + image.repository() + "'; push it, or correct 'module'");
            default ->
                new ModuleException("cannot be fetched: the registry " + server + " answered with status "
                        + response.status() + " to a request for the " + what + "; look into its log");
        };
    }

    private FetchRequest authorized(FetchRequest request) {
        return authorization.isEmpty() ? request : request.with("authorization", authorization);
    }
}
