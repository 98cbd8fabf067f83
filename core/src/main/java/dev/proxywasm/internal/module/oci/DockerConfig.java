package dev.proxywasm.internal.module.oci;

import dev.proxywasm.internal.module.oci.Json.JsonException;
import dev.proxywasm.internal.module.source.ModuleException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration file of Docker's client, which is also what a Kubernetes secret of the type {@code dockerconfigjson} holds.
 *
 * @param auths credentials, by registry or by registry and the beginning of a repository's path
 * @param helpers programs that know credentials, by registry
 * @param store the program for all other registries; empty for none
 */
record DockerConfig(Map<String, Credentials> auths, Map<String, String> helpers, String store) {

    static final int MAX_BYTES = 1024 * 1024;

    /** Docker's client stores credentials for its own registry under this address. */
    static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";

    /**
     * Reads one.
     *
     * @param origin names it in messages
     * @throws ModuleException if it is none
     */
    static DockerConfig parse(String text, String origin) throws ModuleException {
        try {
            JsonObject json = Json.object(text);
            JsonObject entries = json.object("auths");
            Map<String, Credentials> auths = new LinkedHashMap<>();
            for (String registry : entries.names()) {
                auths.put(normal(registry), credentials(entries.object(registry), origin));
            }
            JsonObject names = json.object("credHelpers");
            Map<String, String> helpers = new LinkedHashMap<>();
            for (String registry : names.names()) {
                helpers.put(normal(registry), names.text(registry));
            }
            return new DockerConfig(auths, helpers, json.text("credsStore"));
        } catch (JsonException e) {
            throw new ModuleException(
                    "cannot be fetched: " + origin + " is no Docker configuration: " + e.getMessage()
                            + "; expected {\"auths\": {\"registry\": {\"auth\": \"...\"}}}",
                    e);
        }
    }

    /** The credentials that stand in it for an image: those of the longest path. */
    Optional<Credentials> authFor(ImageReference image) {
        String name = normal(image.registry()) + "/" + image.repository();
        while (true) {
            Credentials found = auths.get(name);
            if (found != null && !found.isEmpty()) {
                return Optional.of(found);
            }
            int slash = name.lastIndexOf('/');
            if (slash < 0) {
                return Optional.empty();
            }
            name = name.substring(0, slash);
        }
    }

    /** The program that knows the credentials for an image. */
    Optional<String> helperFor(ImageReference image) {
        String helper = helpers.getOrDefault(normal(image.registry()), store);
        return helper.isEmpty() ? Optional.empty() : Optional.of(helper);
    }

    /** A registry without scheme, version and slash; Docker Hub has one name. */
    private static String normal(String registry) {
        String bare = registry.replaceFirst("^https?://", "").replaceFirst("/(v[12]/?)?$", "");
        return bare.equals("index.docker.io") || bare.equals("registry-1.docker.io") ? ImageReference.DOCKER_HUB : bare;
    }

    private static Credentials credentials(JsonObject entry, String origin) throws JsonException {
        String auth = entry.text("auth");
        String user = entry.text("username");
        String password = entry.text("password");
        if (!auth.isEmpty()) {
            String pair = decode(auth);
            int colon = pair.indexOf(':');
            if (colon < 0) {
                throw new JsonException("an 'auth' is not user:password in base64");
            }
            user = pair.substring(0, colon);
            password = pair.substring(colon + 1);
        }
        return new Credentials(user, password, entry.text("identitytoken"), entry.text("registrytoken"), origin);
    }

    private static String decode(String auth) throws JsonException {
        try {
            return new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8)
                    .replaceFirst("\0+$", "");
        } catch (IllegalArgumentException notBase64) {
            throw new JsonException("an 'auth' is not base64");
        }
    }
}
