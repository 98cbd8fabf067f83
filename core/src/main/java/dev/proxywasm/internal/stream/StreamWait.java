package dev.proxywasm.internal.stream;

import dev.proxywasm.http.Outcome;
import dev.proxywasm.internal.vm.HostServices;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pause of one direction, from the moment the server was told until a guest is heard or the pausing plugin's time runs out.
 *
 * <p>{@link #end} may come from any thread, also under a VM's lock: it runs nothing of the server's.
 */
final class StreamWait implements Outcome.Wait {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.stream");

    private final DefaultHttpStream stream;
    private final Direction direction;
    private final Stage blocker;
    private final int pause;
    private final HostServices services;
    private final long deadlineNanos;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    StreamWait(DefaultHttpStream stream, Direction direction, Stage blocker, int pause, HostServices services) {
        this(
                stream,
                direction,
                blocker,
                pause,
                services,
                deadline(blocker.plugin().limits().pauseTimeout(), services));
    }

    private StreamWait(
            DefaultHttpStream stream,
            Direction direction,
            Stage blocker,
            int pause,
            HostServices services,
            long deadlineNanos) {
        this.stream = stream;
        this.direction = direction;
        this.blocker = blocker;
        this.pause = pause;
        this.services = services;
        this.deadlineNanos = deadlineNanos;
    }

    private static long deadline(Duration timeout, HostServices services) {
        return services.nanoTime().getAsLong() + timeout.toNanos();
    }

    /** A further wait for the same pause, which does not give it more time. */
    StreamWait again() {
        return new StreamWait(stream, direction, blocker, pause, services, deadlineNanos);
    }

    /** Whether this waits for that pause of that plugin. */
    boolean isFor(Direction otherDirection, Stage stage, int pauseOfStage) {
        return direction == otherDirection && blocker == stage && pause == pauseOfStage;
    }

    Direction direction() {
        return direction;
    }

    /** Whether the time is up and this plugin still makes the pause that was waited for. */
    boolean isExpiredFor(Stage stage) {
        return remainingNanos() <= 0
                && isFor(direction, stage, stage.step(direction).holds());
    }

    /** Lets whoever waits go on. */
    void end() {
        ended.complete(null);
    }

    @Override
    public Outcome await() throws InterruptedException {
        try {
            ended.get(Math.max(0, remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException expired) {
            // The time is up: going on finds that out and answers for the plugin.
            return stream.goOn(this);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a wait never ends with a failure", impossible);
        }
        return stream.goOn(this);
    }

    @Override
    public void whenResumed(Executor executor, Consumer<Outcome> continuation) {
        if (ended.isDone()) {
            continuation.accept(stream.goOn(this));
            return;
        }
        Future<?> deadline =
                services.scheduler().schedule(this::end, Math.max(0, remainingNanos()), TimeUnit.NANOSECONDS);
        CompletableFuture<Void> unused = ended.thenRun(() -> {
            deadline.cancel(false);
            handOver(() -> executor.execute(() -> continueWith(continuation)));
        });
    }

    /** To a thread of the host, for whoever ends the wait is to go on; where there can be none, on this one. */
    private void handOver(Runnable task) {
        try {
            services.workers().execute(task);
        } catch (OutOfMemoryError noThread) {
            LOG.error("a resumed stream goes on without a thread of the host", noThread);
            task.run();
        }
    }

    /** In a task, where nobody else might see a failure. */
    private void continueWith(Consumer<Outcome> continuation) {
        Outcome outcome = nextOutcome();
        try {
            continuation.accept(outcome);
        } catch (RuntimeException failed) {
            LOG.error("the server failed to go on with a resumed stream", failed);
        }
    }

    /** A server that is told nothing waits for ever. */
    private Outcome nextOutcome() {
        try {
            return stream.goOn(this);
        } catch (RuntimeException | Error fault) {
            LOG.error("a resumed stream cannot go on", fault);
            return new Outcome.Abort("the host failed: " + fault);
        }
    }

    private long remainingNanos() {
        return deadlineNanos - services.nanoTime().getAsLong();
    }
}
