package dev.proxywasm.internal.files;

import dev.proxywasm.internal.files.PlaceException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Where on this machine something is that a configuration names. */
public interface LocalPlace {

    /** The place in full; empty where the configured address says it all. */
    String text();

    /**
     * Opens it; the caller closes.
     *
     * @throws IOException if it cannot be read
     */
    InputStream open() throws IOException;

    /**
     * All that is there.
     *
     * @param maxBytes the most that is read
     * @throws PlaceException if there is nothing, or more
     */
    default byte[] read(int maxBytes) throws PlaceException {
        try (InputStream in = open()) {
            byte[] bytes = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw new PlaceException(Problem.TOO_LARGE, "is larger than " + maxBytes + " bytes", null);
            }
            return bytes;
        } catch (PlaceException known) {
            throw known;
        } catch (NoSuchFileException e) {
            throw new PlaceException(Problem.MISSING, "does not exist", e);
        } catch (AccessDeniedException e) {
            throw new PlaceException(Problem.DENIED, "may not be read by this process", e);
        } catch (IOException e) {
            throw new PlaceException(Problem.OTHER, "cannot be read: " + e.getMessage(), e);
        }
    }
}
