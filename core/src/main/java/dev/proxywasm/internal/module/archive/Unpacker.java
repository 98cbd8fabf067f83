package dev.proxywasm.internal.module.archive;

import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.wasm.ModuleFormat;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Takes a module out of gzip, tar, or tar in gzip. What something is, is judged by how it begins, and never by its name. One layer of each
 * is taken off, no more. Stateless.
 */
public final class Unpacker {

    private static final int SAMPLE_BYTES = 512;

    private final int maxBytes;

    /** Nothing that becomes larger than {@code maxBytes} when unpacked is unpacked further. */
    public Unpacker(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * The module in {@code packed}, binary or text; what is not packed is given back as it is.
     *
     * @throws ModuleException if it is damaged, too large, an archive without a module, or something else
     */
    public byte[] unpack(byte[] packed, EntryChoice choice) throws ModuleException {
        byte[] module = unpacked(packed, choice);
        ModuleFormat format = ModuleFormat.of(module);
        return switch (format) {
            case BINARY, TEXT -> module;
            case UNKNOWN -> throw new ModuleException("is of no known format; expected a WebAssembly binary or text");
            default -> throw new ModuleException("is " + format.description());
        };
    }

    private byte[] unpacked(byte[] packed, EntryChoice choice) throws ModuleException {
        ModuleFormat format = ModuleFormat.of(packed);
        if (format != ModuleFormat.GZIP && format != ModuleFormat.TAR) {
            return packed;
        }
        try (InputStream in = open(packed, format)) {
            in.mark(SAMPLE_BYTES);
            byte[] sample = in.readNBytes(SAMPLE_BYTES);
            in.reset();
            return ModuleFormat.of(sample) == ModuleFormat.TAR ? choice.choose(new TarReader(in)) : in.readAllBytes();
        } catch (UnpackedTooLargeException e) {
            throw new ModuleException(
                    "is packed, and larger than " + maxBytes
                            + " bytes when unpacked, the most that is loaded; build it smaller, or look who made it",
                    e);
        } catch (IOException e) {
            throw new ModuleException(
                    "is " + (format == ModuleFormat.GZIP ? "gzip data" : "a tar archive") + " that is damaged: "
                            + e.getMessage() + "; pack or upload it again",
                    e);
        }
    }

    private InputStream open(byte[] packed, ModuleFormat format) throws IOException {
        InputStream raw = new ByteArrayInputStream(packed);
        InputStream unpacked = format == ModuleFormat.GZIP ? new GZIPInputStream(raw, 1 << 16) : raw;
        return new BufferedInputStream(new LimitedStream(unpacked, maxBytes), 1 << 16);
    }
}
