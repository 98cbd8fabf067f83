package dev.proxywasm.internal.module.http;

import dev.proxywasm.internal.module.archive.EntryChoice;
import dev.proxywasm.internal.module.archive.Unpacker;
import dev.proxywasm.internal.module.cache.ModuleCache;
import dev.proxywasm.internal.module.cache.ModuleCache.Reference;
import dev.proxywasm.internal.module.source.ModuleContent;
import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.module.source.ModuleSource;
import dev.proxywasm.internal.module.source.Sha256;
import dev.proxywasm.internal.module.source.UnreachableException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A module on a web server. Its digest is that of the module, unpacked. User and password of the address are sent to its server.
 *
 * <p>A revision is what the server calls one (an entity tag, or else a date), or else the digest.
 */
public final class HttpSource implements ModuleSource {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.module");
    private static final int NOT_MODIFIED = 304;
    private static final String DIGEST = "sha256:";
    private static final String ENTITY_TAG = "etag:";

    private final HttpFetcher fetcher;
    private final ModuleCache cache;
    private final FetchRequest request;
    private final String sha256;
    private final boolean always;
    private final int maxBytes;

    /**
     * Fetches nothing yet.
     *
     * @param uri of http or https
     * @param sha256 the digest that it must have; empty for any
     * @param always whether to ask the server even if the cache has a module from there
     * @param maxBytes the most that is fetched, and unpacked
     */
    public HttpSource(HttpFetcher fetcher, ModuleCache cache, URI uri, String sha256, boolean always, int maxBytes) {
        this.fetcher = fetcher;
        this.cache = cache;
        this.request = request(uri, maxBytes);
        this.sha256 = sha256.toLowerCase(Locale.ROOT);
        this.always = always;
        this.maxBytes = maxBytes;
    }

    private static FetchRequest request(URI uri, int maxBytes) {
        FetchRequest plain = FetchRequest.get(uri, maxBytes);
        if (uri.getUserInfo() == null) {
            return plain;
        }
        byte[] user = uri.getUserInfo().getBytes(StandardCharsets.UTF_8);
        return plain.with("authorization", "Basic " + Base64.getEncoder().encodeToString(user));
    }

    @Override
    public String place() {
        return "";
    }

    @Override
    public ModuleContent fetch() throws ModuleException, IOException {
        return cache.findOrFetch(key(), this::cached, this::fetchOrFallBack);
    }

    @Override
    public boolean isMoving() {
        return always && sha256.isEmpty();
    }

    /** What may be used without asking the server. */
    private Optional<ModuleContent> cached() {
        if (!sha256.isEmpty()) {
            return cache.module(sha256).map(bytes -> new ModuleContent(bytes, sha256, DIGEST + sha256));
        }
        return always ? Optional.empty() : cache.reference(key()).flatMap(this::cached);
    }

    private Optional<ModuleContent> cached(Reference reference) {
        return cache.module(reference).map(bytes -> new ModuleContent(bytes, reference.module(), reference.revision()));
    }

    private ModuleContent fetchOrFallBack() throws ModuleException, IOException {
        Optional<Reference> reference = cache.reference(key());
        Optional<ModuleContent> last = reference.flatMap(this::cached).filter(content -> sha256.isEmpty());
        try {
            return fetch(last);
        } catch (UnreachableException e) {
            if (last.isEmpty()) {
                throw e;
            }
            LOG.warn(
                    "module {} {}. The one that was fetched last is used (sha256 {}).",
                    HttpAddress.display(request.uri()),
                    e.getMessage(),
                    last.get().sha256());
            return last.get();
        }
    }

    private ModuleContent fetch(Optional<ModuleContent> last) throws ModuleException, IOException {
        String known = last.map(ModuleContent::revision).orElse("");
        FetchResponse response = ask(
                known.startsWith(ENTITY_TAG)
                        ? request.with("if-none-match", known.substring(ENTITY_TAG.length()))
                        : request);
        if (response.status() == NOT_MODIFIED && last.isPresent()) {
            return last.get();
        }
        ModuleContent content = content(response);
        cache.keep(content.bytes());
        cache.refer(key(), new Reference(content.sha256(), content.revision()));
        return content;
    }

    private FetchResponse ask(FetchRequest question) throws ModuleException, UnreachableException {
        FetchResponse response = fetcher.send(question);
        if (response.isGood() || response.status() == NOT_MODIFIED) {
            return response;
        }
        throw new ModuleException("cannot be fetched: " + HttpAddress.display(response.uri()) + " answered with status "
                + response.status() + cure(response.status()));
    }

    private static String cure(int status) {
        return switch (status) {
            case 401, 403 ->
                "; put the user and password that it wants into the address, as https://user:password@host/";
            case 404, 410 -> "; correct 'module', or upload the module there";
            default -> "; see what it says to a browser";
        };
    }

    private ModuleContent content(FetchResponse response) throws ModuleException {
        byte[] bytes = new Unpacker(maxBytes).unpack(response.body(), EntryChoice.FIRST_FILE);
        String digest = Sha256.of(bytes);
        Sha256.require(sha256, digest, "");
        String named = namedRevision(response);
        return new ModuleContent(bytes, digest, named.isEmpty() ? DIGEST + digest : named);
    }

    private static String namedRevision(FetchResponse response) {
        if (!response.header("etag").isEmpty()) {
            return ENTITY_TAG + response.header("etag");
        }
        String modified = response.header("last-modified");
        return modified.isEmpty() ? "" : "modified:" + modified;
    }

    /** The address with everything that makes another module of it, as a digest hides it. */
    private String key() {
        return "http " + request.uri();
    }
}
