package dev.proxywasm.internal.module;

import dev.proxywasm.internal.module.archive.EntryChoice;
import dev.proxywasm.internal.module.archive.Unpacker;
import dev.proxywasm.internal.module.source.ModuleContent;
import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.module.source.ModuleSource;
import dev.proxywasm.internal.module.source.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

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
            byte[] bytes = new Unpacker(maxBytes).unpack(read(), EntryChoice.FIRST_FILE);
            String digest = Sha256.of(bytes);
            Sha256.require(sha256, digest, "");
            return new ModuleContent(bytes, digest, "");
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public boolean isMoving() {
        return false;
    }

    private byte[] read() throws ModuleException, IOException {
        try (InputStream in = where.open()) {
            byte[] bytes = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw new ModuleException("is larger than " + maxBytes
                        + " bytes, the most that is loaded; build it smaller, without debug information");
            }
            return bytes;
        }
    }

    private static ModuleException unreadable(IOException e) {
        if (e instanceof NoSuchFileException) {
            return new ModuleException("does not exist; build the filter, or correct 'module'", e);
        }
        if (e instanceof AccessDeniedException) {
            return new ModuleException("may not be read by this process; give it read permission", e);
        }
        return new ModuleException("cannot be read: " + e.getMessage(), e);
    }
}
