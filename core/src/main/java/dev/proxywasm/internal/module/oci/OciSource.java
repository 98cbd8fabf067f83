package dev.proxywasm.internal.module.oci;

import dev.proxywasm.ImagePull;
import dev.proxywasm.ImagePull.Policy;
import dev.proxywasm.internal.module.archive.EntryChoice;
import dev.proxywasm.internal.module.archive.Unpacker;
import dev.proxywasm.internal.module.cache.ModuleCache.Reference;
import dev.proxywasm.internal.module.source.ModuleContent;
import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.module.source.ModuleSource;
import dev.proxywasm.internal.module.source.Sha256;
import dev.proxywasm.internal.module.source.UnreachableException;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A module in an image. Its digest, and its revision, is that of the manifest, or of the index if the name leads to one.
 *
 * <p>The cache has references of two kinds: from a digest, which always leads to the same module, and from a name, which leads to a digest
 * and its module for as long as the registry says so.
 */
public final class OciSource implements ModuleSource {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.module");
    private static final String DIGEST_PREFIX = "sha256:";

    private final ImageAccess access;
    private final ImageReference image;
    private final String pinned;
    private final boolean always;
    private final String secret;

    /**
     * Fetches nothing yet.
     *
     * @param reference the image, without scheme
     * @param sha256 the digest that its manifest must have; empty for any
     * @param pull when to ask the registry although the cache has the image, and whose credentials to use
     * @throws ModuleException if the reference is none
     */
    public OciSource(ImageAccess access, String reference, String sha256, ImagePull pull) throws ModuleException {
        this.access = access;
        this.image = ImageReference.parse(reference);
        String digest = sha256.isEmpty() ? "" : DIGEST_PREFIX + sha256.toLowerCase(Locale.ROOT);
        this.pinned = digest.isEmpty() ? image.digest() : digest;
        boolean isLatest = pull.policy() == Policy.UNSPECIFIED && image.tag().equals(ImageReference.LATEST);
        this.always = isLatest || pull.policy() == Policy.ALWAYS;
        this.secret = pull.secret();
    }

    @Override
    public String place() {
        return "";
    }

    @Override
    public ModuleContent fetch() throws ModuleException, IOException {
        return access.cache().findOrFetch(image.toString(), this::cached, this::pullOrFallBack);
    }

    @Override
    public boolean isMoving() {
        return always && pinned.isEmpty();
    }

    /** What may be used without asking the registry. */
    private Optional<ModuleContent> cached() {
        if (!pinned.isEmpty()) {
            return cached(pinned);
        }
        return always ? Optional.empty() : cached(image.toString());
    }

    private Optional<ModuleContent> cached(String key) {
        return access.cache().reference(key).flatMap(reference -> access.cache()
                .module(reference)
                .map(bytes -> content(bytes, reference.revision())));
    }

    private static ModuleContent content(byte[] bytes, String digest) {
        return new ModuleContent(bytes, digest.substring(DIGEST_PREFIX.length()), digest);
    }

    private ModuleContent pullOrFallBack() throws ModuleException, IOException {
        try {
            return pull();
        } catch (UnreachableException e) {
            Optional<ModuleContent> last = pinned.isEmpty() ? cached(image.toString()) : Optional.empty();
            if (last.isEmpty()) {
                throw e;
            }
            LOG.warn(
                    "module oci://{} {}. The one that was pulled last is used (manifest {}).",
                    image,
                    e.getMessage(),
                    last.get().revision());
            return last.get();
        }
    }

    private ModuleContent pull() throws ModuleException, UnreachableException {
        Registry registry = registry();
        Manifest top = registry.manifest(image.target());
        Optional<ModuleContent> same = isWanted(top) ? cached(top.digest()) : Optional.empty();
        if (same.isPresent()) {
            note(image.toString(), Sha256.of(same.get().bytes()), top.digest());
            return same.get();
        }
        Manifest manifest = top.isIndex() ? chosen(registry, top) : top;
        requirePinned(top, manifest);
        byte[] layer = registry.blob(LayerChoice.of(manifest), access.maxBytes());
        byte[] module = new Unpacker(access.maxBytes()).unpack(layer, EntryChoice.PLUGIN_WASM);
        access.cache().keep(module);
        String wanted = pinned.isEmpty() ? top.digest() : pinned;
        String digest = Sha256.of(module);
        note(top.digest(), digest, top.digest());
        note(manifest.digest(), digest, manifest.digest());
        note(image.toString(), digest, top.digest());
        return content(module, wanted);
    }

    private static Manifest chosen(Registry registry, Manifest index) throws ModuleException, UnreachableException {
        Manifest manifest = registry.manifest(ManifestChoice.of(index).digest());
        if (manifest.isIndex()) {
            throw new ModuleException("cannot be fetched: the index " + index.digest()
                    + " lists another index; name the image itself by its digest");
        }
        return manifest;
    }

    private boolean isWanted(Manifest top) {
        return pinned.isEmpty() || pinned.equals(top.digest());
    }

    /** The digest may be that of the index as well: both lead to one module only. */
    private void requirePinned(Manifest top, Manifest manifest) throws ModuleException {
        if (!isWanted(top)) {
            Sha256.require(hex(pinned), hex(manifest.digest()), "a manifest with the ");
        }
    }

    private static String hex(String digest) {
        return digest.substring(DIGEST_PREFIX.length());
    }

    private void note(String key, String module, String digest) {
        access.cache().refer(key, new Reference(module, digest));
    }

    private Registry registry() throws ModuleException {
        URI insecure = image.server(true);
        URI server = access.guard().allowsInsecure(insecure) ? insecure : image.server(false);
        return new Registry(access.fetcher(), server, image, access.keychain().credentials(image, secret));
    }
}
