package dev.proxywasm.spi;

/**
 * Makes the gRPC calls that plugins ask for. The artifact {@code proxy-wasm-grpc} brings one, which is found by
 * {@link java.util.ServiceLoader} when it is on the class path; without any, plugins are told that gRPC is not implemented.
 *
 * <p>Safe for use by several threads.
 */
public interface GrpcCallClient extends AutoCloseable {

    /**
     * Opens a call, unary or of streams, and returns at once: the caller holds a lock.
     *
     * @param call whom to call, and how
     * @param listener is told what happens, by one thread at a time
     * @throws CalloutRefusedException if it cannot be opened as it is; the listener is then told nothing
     */
    GrpcStream open(GrpcCall call, GrpcListener listener);

    /** Gives up all calls and releases everything. */
    @Override
    void close();
}
