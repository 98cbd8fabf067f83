package dev.proxywasm.internal.module.oci;

import dev.proxywasm.internal.module.source.ModuleException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image as Docker and Kubernetes write it: {@code [registry/]repository[:tag][@digest]}. Without a registry it is Docker
 * Hub's; without tag and digest, {@code latest}. Beside a digest, a tag says nothing.
 *
 * @param registry host, and port if it is written
 * @param repository path in the registry
 * @param tag the tag; empty if there is only a digest
 * @param digest {@code sha256:} and 64 hexadecimal digits; empty if there is none
 */
record ImageReference(String registry, String repository, String tag, String digest) {

    static final String DOCKER_HUB = "docker.io";
    static final String LATEST = "latest";

    private static final String DOCKER_HUB_SERVER = "registry-1.docker.io";
    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern REFERENCE = Pattern.compile("(?<repository>" + COMPONENT + "(?:/" + COMPONENT + ")*)"
            + "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?"
            + "(?:@(?<digest>sha256:[0-9a-f]{64}))?");
    private static final Pattern REGISTRY = Pattern.compile("localhost|[A-Za-z0-9.-]*\\.[A-Za-z0-9.-]*"
            + "|(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+]):[0-9]{1,5}|\\[[0-9A-Fa-f:]+]");
    private static final int LONGEST = 1024;

    /**
     * Reads a name without scheme.
     *
     * @throws ModuleException if it is none
     */
    static ImageReference parse(String text) throws ModuleException {
        int slash = text.indexOf('/');
        String first = slash < 0 ? "" : text.substring(0, slash);
        boolean hasRegistry = REGISTRY.matcher(first).matches();
        Matcher matcher = REFERENCE.matcher(hasRegistry ? text.substring(slash + 1) : text);
        if (text.length() > LONGEST || !matcher.matches()) {
            throw new ModuleException("cannot be fetched: it names no image; write oci://registry/repository:tag or"
                    + " oci://registry/repository@sha256:digest, the repository in lower case");
        }
        String registry = hasRegistry ? first : DOCKER_HUB;
        String path = matcher.group("repository");
        boolean isOfficial = registry.equals(DOCKER_HUB) && path.indexOf('/') < 0;
        String digest = textOf(matcher.group("digest"));
        String tag = textOf(matcher.group("tag"));
        return new ImageReference(
                registry,
                isOfficial ? "library/" + path : path,
                tag.isEmpty() && digest.isEmpty() ? LATEST : tag,
                digest);
    }

    private static String textOf(@Nullable String group) {
        return group == null ? "" : group;
    }

    /** What the registry is asked for: the digest, or else the tag. */
    String target() {
        return digest.isEmpty() ? tag : digest;
    }

    /** The server of the registry. */
    URI server(boolean insecure) {
        String host = registry.equals(DOCKER_HUB) ? DOCKER_HUB_SERVER : registry;
        return URI.create((insecure ? "http://" : "https://") + host);
    }

    /** The full name, in one form for all ways to write it. */
    @Override
    public String toString() {
        return registry + "/" + repository + (digest.isEmpty() ? ":" + tag : "@" + digest);
    }
}
