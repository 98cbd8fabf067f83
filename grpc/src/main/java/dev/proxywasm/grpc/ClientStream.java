package dev.proxywasm.grpc;

import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.GrpcStream;
import io.grpc.ClientCall;
import java.nio.ByteBuffer;

/** The sending side of one call. Guarded by itself: grpc-java wants one thread at a time. */
final class ClientStream implements GrpcStream {

    /** What may wait for a slow server. */
    private static final long MOST_WAITING_BYTES = 4L << 20;

    private final ClientCall<byte[], byte[]> call;
    private long waitingBytes;

    ClientStream(ClientCall<byte[], byte[]> call) {
        this.call = call;
    }

    /** One message is always taken, however large: its size has a limit of its own. */
    @Override
    public synchronized void send(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.duplicate().get(bytes);
        if (call.isReady()) {
            waitingBytes = 0;
        }
        if (waitingBytes > 0 && waitingBytes + bytes.length > MOST_WAITING_BYTES) {
            throw new CalloutRefusedException(
                    waitingBytes + " bytes wait for the server already; of " + MOST_WAITING_BYTES + " that may");
        }
        waitingBytes += bytes.length;
        call.sendMessage(bytes);
    }

    @Override
    public synchronized void halfClose() {
        call.halfClose();
    }

    @Override
    public synchronized void request() {
        call.request(1);
    }

    @Override
    public synchronized void cancel() {
        call.cancel("given up by the caller", null);
    }
}
