package dev.proxywasm.internal.module.oci;

import dev.proxywasm.internal.module.http.FetchRequest;
import dev.proxywasm.internal.module.http.FetchResponse;
import dev.proxywasm.internal.module.http.HttpFetcher;
import dev.proxywasm.internal.module.oci.Json.JsonException;
import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.module.source.UnreachableException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Answers the challenges of a registry: with user and password, or with a token from the server that the registry names (Distribution
 * token authentication, and OAuth 2 where there is an identity token). The guard of the fetcher looks at the named server.
 */
final class Authorizer {

    private static final int MAX_TOKEN_BYTES = 256 * 1024;
    private static final String CLIENT = "proxy-wasm-java";

    private final HttpFetcher fetcher;
    private final URI registry;
    private final String scope;
    private final Credentials credentials;

    /** For pulling from one repository. */
    Authorizer(HttpFetcher fetcher, URI registry, String repository, Credentials credentials) {
        this.fetcher = fetcher;
        this.registry = registry;
        this.scope = "repository:" + repository + ":pull";
        this.credentials = credentials;
    }

    /**
     * The value of {@code Authorization} that answers one of the challenges; empty if none can be answered.
     *
     * @throws ModuleException if the token server refuses, or may not be asked
     */
    Optional<String> answer(List<Challenge> challenges) throws ModuleException, UnreachableException {
        for (Challenge challenge : challenges) {
            if (challenge.scheme().equals("bearer")) {
                return Optional.of("Bearer " + token(challenge));
            }
            if (challenge.scheme().equals("basic") && credentials.hasUser()) {
                return Optional.of(credentials.basic());
            }
        }
        return Optional.empty();
    }

    private String token(Challenge challenge) throws ModuleException, UnreachableException {
        if (!credentials.registryToken().isEmpty()) {
            return registryToken();
        }
        FetchResponse response = fetcher.send(request(challenge));
        if (!response.isGood()) {
            throw new ModuleException("cannot be fetched: the token server " + challenge.parameter("realm")
                    + " answered with status " + response.status() + " to " + credentials.described()
                    + "; correct them, or name a pull secret with 'image-pull-secret'");
        }
        try {
            JsonObject json = Json.object(response.body());
            String token = json.text("token");
            return printable(token.isEmpty() ? json.text("access_token") : token);
        } catch (JsonException e) {
            throw new ModuleException(
                    "cannot be fetched: the token server " + challenge.parameter("realm")
                            + " answered something else than a token: " + e.getMessage(),
                    e);
        }
    }

    private String registryToken() throws ModuleException {
        if (!isPrintable(credentials.registryToken())) {
            throw new ModuleException("cannot be fetched: the 'registrytoken' in " + credentials.origin()
                    + " has a space, a line break or the like, which no token has; write the token alone");
        }
        return credentials.registryToken();
    }

    private FetchRequest request(Challenge challenge) throws ModuleException {
        String service = challenge.parameter("service");
        String query = (service.isEmpty() ? "" : "service=" + encoded(service) + "&") + "scope=" + encoded(scope);
        URI realm = realm(challenge);
        if (!credentials.identityToken().isEmpty()) {
            return FetchRequest.get(realm, MAX_TOKEN_BYTES)
                    .from(registry)
                    .asPost("grant_type=refresh_token&client_id=" + CLIENT + "&" + query + "&refresh_token="
                            + encoded(credentials.identityToken()));
        }
        String separator = realm.getRawQuery() == null ? "?" : "&";
        FetchRequest request = FetchRequest.get(URI.create(realm + separator + query), MAX_TOKEN_BYTES)
                .from(registry);
        return credentials.hasUser() ? request.with("authorization", credentials.basic()) : request;
    }

    private URI realm(Challenge challenge) throws ModuleException {
        try {
            URI realm = URI.create(challenge.parameter("realm"));
            if (realm.isAbsolute() && realm.getHost() != null && realm.getRawFragment() == null) {
                return realm;
            }
        } catch (IllegalArgumentException noAddress) {
            // said below
        }
        throw new ModuleException("cannot be fetched: " + registry + " names no token server that could be asked");
    }

    private static String printable(String token) throws JsonException {
        if (!isPrintable(token)) {
            throw new JsonException("expected 'token' or 'access_token'");
        }
        return token;
    }

    private static boolean isPrintable(String token) {
        return token.matches("[!-~]+");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
