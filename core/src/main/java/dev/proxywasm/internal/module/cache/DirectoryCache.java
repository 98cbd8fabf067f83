package dev.proxywasm.internal.module.cache;

import dev.proxywasm.internal.files.AtomicFile;
import dev.proxywasm.internal.files.PrivateDirectory;
import dev.proxywasm.internal.module.source.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache in a directory, for any number of threads and processes of one user. Files are written beside their place and moved, so that a
 * process that is killed leaves nothing half done under a name that is looked for.
 *
 * <p>{@code modules/<digest>} are modules, {@code references/<digest of the key>} say what a key led to, and {@code claims} has the files
 * that processes lock while they fetch.
 */
public final class DirectoryCache implements ModuleCache {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.module");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final Path modules;
    private final Path references;
    private final Path claims;
    private final Eviction eviction;
    private final InstantSource clock;

    /**
     * Opens a cache, creating what is missing for this user alone.
     *
     * @param maxBytes how much it may hold; the module that was kept last stays in any case
     * @param maxAge how long something is kept that nobody uses
     * @param clock for ages
     * @throws IOException if the directory cannot be used, or others may write in it; the message names it
     */
    public DirectoryCache(Path directory, long maxBytes, Duration maxAge, InstantSource clock) throws IOException {
        Path root = PrivateDirectory.open(directory);
        this.modules = PrivateDirectory.open(root.resolve("modules"));
        this.references = PrivateDirectory.open(root.resolve("references"));
        this.claims = PrivateDirectory.open(root.resolve("claims"));
        this.eviction = new Eviction(maxBytes, maxAge);
        this.clock = clock;
    }

    @Override
    public Optional<byte[]> module(String sha256) {
        if (!DIGEST.matcher(sha256).matches()) {
            return Optional.empty();
        }
        Path file = modules.resolve(sha256);
        Optional<byte[]> content = read(file);
        if (content.isPresent() && !Sha256.of(content.get()).equals(sha256)) {
            LOG.warn("cached module {} is damaged; it is deleted, and fetched again", file);
            delete(file);
            return Optional.empty();
        }
        return content;
    }

    @Override
    public Optional<Reference> reference(String key) {
        Path file = fileOf(key);
        return read(file).flatMap(content -> {
            Optional<Reference> reference = ReferenceFile.parse(content, key);
            if (reference.isEmpty()) {
                LOG.warn("cached reference {} is damaged; it is deleted, and what it stood for is fetched again", file);
                delete(file);
            }
            return reference;
        });
    }

    @Override
    public void keep(byte[] module) {
        Path file = modules.resolve(Sha256.of(module));
        write(file, module);
        eviction.run(modules, Optional.of(file), clock.instant());
        eviction.run(references, Optional.empty(), clock.instant());
    }

    @Override
    public void refer(String key, Reference reference) {
        write(fileOf(key), ReferenceFile.format(reference, key));
    }

    @Override
    public Claim claim(String key) {
        return FileClaim.wait(claims.resolve(Sha256.of(bytes(key)).substring(0, 2)));
    }

    private Path fileOf(String key) {
        return references.resolve(Sha256.of(bytes(key)));
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** What is in a file, which counts as used then. */
    private Optional<byte[]> read(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return Optional.of(content);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("cannot read {} of the module cache: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private void write(Path file, byte[] content) {
        try {
            AtomicFile.write(file, content);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException e) {
            LOG.warn("cannot write {} of the module cache, so it will be fetched again: {}", file, e.toString());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("cannot delete {} of the module cache: {}", file, e.toString());
        }
    }
}
