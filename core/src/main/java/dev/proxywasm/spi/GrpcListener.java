package dev.proxywasm.spi;

import dev.proxywasm.http.HeaderMap;
import java.nio.ByteBuffer;

/** The receiving side of a gRPC call. Implementations do not block. */
public interface GrpcListener {

    /** The server's metadata arrived; at most once, before any message. */
    void onInitialMetadata(HeaderMap metadata);

    /** A message arrived that was asked for, without the frame around it; owned by the receiver. */
    void onMessage(ByteBuffer message);

    /**
     * The call is over; exactly once, unless it is cancelled, and nothing follows.
     *
     * @param status a code of gRPC; 0 is success
     * @param message of the status; may be empty
     * @param trailers the server's last metadata; may be empty
     */
    void onClose(int status, String message, HeaderMap trailers);
}
