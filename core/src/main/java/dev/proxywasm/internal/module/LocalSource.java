package dev.proxywasm.internal.module;

import dev.proxywasm.internal.files.LocalPlace;
import dev.proxywasm.internal.files.PlaceException;
import dev.proxywasm.internal.module.archive.EntryChoice;
import dev.proxywasm.internal.module.archive.Unpacker;
import dev.proxywasm.internal.module.source.ModuleContent;
import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.module.source.ModuleSource;
import dev.proxywasm.internal.module.source.Sha256;

/**
 * A module on this machine. Its digest is that of the module, unpacked.
 *
 * @param where it is
 * @param sha256 the digest that it must have; empty for any
 * @param maxBytes the most that is read, and unpacked
 */
record LocalSource(LocalPlace where, String sha256, int maxBytes) implements ModuleSource {

    @Override
    public String place() {
        return where.text();
    }

    @Override
    public ModuleContent fetch() throws ModuleException {
        try {
            byte[] bytes = new Unpacker(maxBytes).unpack(where.read(maxBytes), EntryChoice.FIRST_FILE);
            String digest = Sha256.of(bytes);
            Sha256.require(sha256, digest, "");
            return new ModuleContent(bytes, digest, "");
        } catch (PlaceException e) {
            throw unusable(e);
        }
    }

    @Override
    public boolean isMoving() {
        return false;
    }

    /** A module that is not at the place where it should be. */
    static ModuleException unusable(PlaceException e) {
        String cure =
                switch (e.problem()) {
                    case MISSING -> "; build the filter, or correct 'module'";
                    case NO_RESOURCE -> ", or correct 'module'";
                    case DIRECTORY -> "; name the .wasm or .wat file in it";
                    case DENIED -> "; give it read permission";
                    case TOO_LARGE -> ", the most that is loaded; build it smaller, without debug information";
                    case OTHER -> "";
                };
        return new ModuleException(e.getMessage() + cure, e.getCause());
    }
}
