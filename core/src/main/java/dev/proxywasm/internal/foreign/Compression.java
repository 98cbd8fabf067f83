package dev.proxywasm.internal.foreign;

import dev.proxywasm.abi.Status;
import dev.proxywasm.spi.ForeignCall;
import dev.proxywasm.spi.ForeignFunctionException;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** {@code compress} and {@code uncompress}: zlib streams (RFC 1950), as in Envoy. */
final class Compression {

    /** The most that one call gives. A few bytes can stand for gigabytes. */
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final int PIECE_BYTES = 8192;

    private Compression() {}

    /** Arguments to zlib stream, at the default level. */
    static byte[] compress(ForeignCall call) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(call.arguments());
            deflater.finish();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            byte[] piece = new byte[PIECE_BYTES];
            while (!deflater.finished()) {
                stream.write(piece, 0, deflater.deflate(piece));
            }
            return stream.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /**
     * Zlib stream to bytes.
     *
     * @throws ForeignFunctionException SERIALIZATION_FAILURE if it is none, is cut off, or holds more than {@link #MOST_BYTES}
     */
    static byte[] uncompress(ForeignCall call) throws ForeignFunctionException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(call.arguments());
            return inflate(inflater);
        } catch (DataFormatException malformed) {
            throw failure("the arguments are no zlib stream: " + malformed.getMessage());
        } finally {
            inflater.end();
        }
    }

    private static byte[] inflate(Inflater inflater) throws DataFormatException, ForeignFunctionException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE_BYTES];
        while (!inflater.finished()) {
            int size = inflater.inflate(piece);
            if (size == 0 && !inflater.finished()) {
                throw failure(inflater.needsDictionary() ? "the stream needs a dictionary" : "the stream is cut off");
            }
            bytes.write(piece, 0, size);
            if (bytes.size() > MOST_BYTES) {
                throw failure("the stream holds more than " + MOST_BYTES + " bytes");
            }
        }
        return bytes.toByteArray();
    }

    private static ForeignFunctionException failure(String message) {
        return new ForeignFunctionException(Status.SERIALIZATION_FAILURE, message);
    }
}
