package dev.proxywasm.spi;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client, or a pool of connections, for each {@link ClientTls}: for those who implement {@link HttpCallClient} or {@link GrpcCallClient}.
 *
 * <p>Nobody says when a certificate has been replaced by another one, so a client is released once its {@link ClientTls} is garbage, when
 * the next client is asked for. Whoever has a call under way keeps the {@link HttpCall} or {@link GrpcCall}; the client itself must not.
 *
 * <p>Safe for use by several threads.
 *
 * @param <C> the client
 */
public final class TlsClients<C> implements AutoCloseable {

    private final Function<Optional<ClientTls>, C> make;
    private final Consumer<C> release;
    private final C ofTheJvm;
    private final List<Held<C>> held = new CopyOnWriteArrayList<>();
    private final ReferenceQueue<ClientTls> garbage = new ReferenceQueue<>();

    /** Guarded by this. */
    private boolean closed;

    private static final class Held<C> extends WeakReference<ClientTls> {

        private final C client;

        Held(ClientTls tls, C client, ReferenceQueue<ClientTls> garbage) {
            super(tls, garbage);
            this.client = client;
        }
    }

    /**
     * Makes the client that trusts what the JVM trusts; the others when they are asked for.
     *
     * @param make makes a client that does not refer to the argument itself, but to what is in it; empty for what the JVM trusts
     * @param release gives up a client that nobody uses any more, or all of them at the end; does not block
     */
    public TlsClients(Function<Optional<ClientTls>, C> make, Consumer<C> release) {
        this.make = make;
        this.release = release;
        this.ofTheJvm = make.apply(Optional.empty());
    }

    /**
     * The client for a call.
     *
     * @throws CalloutRefusedException if there is none yet and this is closed
     */
    public C client(Optional<ClientTls> tls) {
        releaseGarbage();
        if (tls.isEmpty()) {
            return ofTheJvm;
        }
        C known = find(tls.get());
        return known != null ? known : add(tls.get());
    }

    private @Nullable C find(ClientTls tls) {
        for (Held<C> candidate : held) {
            if (candidate.refersTo(tls)) {
                return candidate.client;
            }
        }
        return null;
    }

    private synchronized C add(ClientTls tls) {
        if (closed) {
            throw new CalloutRefusedException("the host is closing");
        }
        C known = find(tls);
        if (known != null) {
            return known;
        }
        C client = make.apply(Optional.of(tls));
        held.add(new Held<>(tls, client, garbage));
        return client;
    }

    private void releaseGarbage() {
        for (Reference<?> gone = garbage.poll(); gone != null; gone = garbage.poll()) {
            release(gone);
        }
    }

    /** Once, whoever comes first. */
    private void release(Object gone) {
        for (Held<C> candidate : List.copyOf(held)) {
            if (candidate == gone && held.remove(candidate)) {
                release.accept(candidate.client);
            }
        }
    }

    /** Releases all clients. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        release.accept(ofTheJvm);
        held.forEach(this::release);
    }
}
