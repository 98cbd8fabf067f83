package dev.proxywasm.jetty;

import dev.proxywasm.http.Outcome;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/**
 * A pause that no thread waits for.
 *
 * <p>The stream goes on in a task of the server, under the lock of its exchange; what comes of it is handed on once, without the lock.
 */
final class Resumption implements Executor {

    private final JettyExchange exchange;
    private final Supplier<InvocationType> type;
    private final Consumer<Outcome> then;
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

    /**
     * A pause.
     *
     * @param type what {@code then} may do: block, or not
     * @param then called once if the pause is not over at once
     */
    Resumption(JettyExchange exchange, Supplier<InvocationType> type, Consumer<Outcome> then) {
        this.exchange = exchange;
        this.type = type;
        this.then = then;
    }

    /** The outcome if the pause is over by now, otherwise null: it is handed on later. */
    @Nullable
    Outcome begin(Outcome.Wait wait) {
        exchange.update(() -> wait.whenResumed(this, outcome::set));
        return outcome.getAndSet(null);
    }

    /** What does not block goes on where it is: a blocked thread of the application may wait for it, and no other be free. */
    @Override
    public void execute(Runnable goOn) {
        Runnable task = () -> {
            exchange.update(goOn);
            handOn();
        };
        try {
            if (type.get() == InvocationType.NON_BLOCKING) {
                Invocable.invokeNonBlocking(task);
            } else {
                exchange.executor().execute(task);
            }
        } catch (RejectedExecutionException stopping) {
            outcome.set(new Outcome.Abort("the server is stopping"));
            handOn();
        }
    }

    private void handOn() {
        Outcome known = outcome.getAndSet(null);
        if (known != null) {
            then.accept(known);
        }
    }
}
