package dev.proxywasm.internal.module.cache;

import dev.proxywasm.internal.module.source.ModuleContent;
import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Modules that were fetched before. A cache never fails: what it cannot read it does not have, and what it cannot keep it says in the log.
 */
public interface ModuleCache {

    /** A cache that keeps nothing. */
    ModuleCache NONE = new ModuleCache() {
        @Override
        public Optional<byte[]> module(String sha256) {
            return Optional.empty();
        }

        @Override
        public Optional<Reference> reference(String key) {
            return Optional.empty();
        }

        @Override
        public void keep(byte[] module) {
            // nothing is kept
        }

        @Override
        public void refer(String key, Reference reference) {
            // nothing is kept
        }

        @Override
        public Claim claim(String key) {
            return () -> {};
        }
    };

    /**
     * What an address led to.
     *
     * @param module digest of the module's bytes, unpacked
     * @param revision what the source said of it
     */
    record Reference(String module, String revision) {}

    /** The right to fetch something; given back when closed. */
    @FunctionalInterface
    interface Claim extends AutoCloseable {
        @Override
        void close();
    }

    /** The bytes that have this digest, checked. */
    Optional<byte[]> module(String sha256);

    /** What a key led to last; the module itself may be gone. */
    Optional<Reference> reference(String key);

    /** Keeps a module, and drops others that are too old or too many. */
    void keep(byte[] module);

    /** Notes what a key leads to. */
    void refer(String key, Reference reference);

    /**
     * Waits until no other thread or process that shares the cache fetches what the key stands for. Look again then: it may be there.
     */
    Claim claim(String key);

    /** Fetches a module. */
    @FunctionalInterface
    interface Fetch {
        /** Throws {@link ModuleException} if there is no such module, and {@link IOException} if it cannot be had. */
        ModuleContent run() throws ModuleException, IOException;
    }

    /** What the cache has, or else what is fetched: by one thread or process at a time, and the others then have it from the cache. */
    default ModuleContent findOrFetch(String key, Supplier<Optional<ModuleContent>> cached, Fetch fetch)
            throws ModuleException, IOException {
        Optional<ModuleContent> before = cached.get();
        if (before.isPresent()) {
            return before.get();
        }
        Claim claim = claim(key);
        try {
            Optional<ModuleContent> meanwhile = cached.get();
            return meanwhile.isPresent() ? meanwhile.get() : fetch.run();
        } finally {
            claim.close();
        }
    }

    /** The bytes that a reference leads to. */
    default Optional<byte[]> module(Reference reference) {
        return module(reference.module());
    }
}
