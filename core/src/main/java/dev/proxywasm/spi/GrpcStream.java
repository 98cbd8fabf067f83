package dev.proxywasm.spi;

import java.nio.ByteBuffer;

/** The sending side of a gRPC call. Safe for use by several threads; nothing blocks. */
public interface GrpcStream extends Callout {

    /**
     * Sends a message.
     *
     * @param message without the frame around it
     * @throws CalloutRefusedException if the server is so slow that too much is waiting already
     */
    void send(ByteBuffer message);

    /** Says that no message will follow. */
    void halfClose();

    /** Asks for one more message of the server; none is delivered unasked. */
    void request();
}
