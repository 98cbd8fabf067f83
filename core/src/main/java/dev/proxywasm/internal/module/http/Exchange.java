package dev.proxywasm.internal.module.http;

import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and one answer, watched: the JDK's client limits the time until the headers are there, and this class the time after that.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.module");
    private static final long LOOK_MILLIS = 100;

    private final FetchRequest request;
    private final FetchTiming timing;
    private final BodyCollector collector;
    private final ProgressLog progress;
    private final long begin;
    private long lastArrival;
    private int lastReceived;

    Exchange(FetchRequest request, FetchTiming timing) {
        this.request = request;
        this.timing = timing;
        this.collector = new BodyCollector(request.maxBytes());
        this.begin = timing.nanoTime().getAsLong();
        this.lastArrival = begin;
        this.progress = new ProgressLog(timing.progress(), begin);
    }

    /**
     * The answer, of whatever status.
     *
     * @throws ModuleException if it is too large, which does not change by trying again
     * @throws IOException if there is none, it is cut off, or takes too long
     */
    FetchResponse run(HttpClient client) throws IOException, ModuleException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(jdkRequest(), collector);
        try {
            HttpResponse<byte[]> response = await(answer);
            return new FetchResponse(request.uri(), response.statusCode(), response.headers(), response.body());
        } catch (ExecutionException failed) {
            throw cause(failed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModuleException("was not fetched: the thread was interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest jdkRequest() throws ModuleException {
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                    .timeout(timing.head())
                    .header("user-agent", "proxy-wasm-java")
                    .method(
                            request.method(),
                            request.body().isEmpty()
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(request.body()));
            request.headers().forEach(builder::header);
            return builder.build();
        } catch (IllegalArgumentException e) {
            // It quotes the header, which may be a password, so that it is no cause that a log could show.
            throw new ModuleException("cannot be fetched: " + HttpAddress.display(request.uri())
                    + " cannot be requested: a header has a character that HTTP does not allow");
        }
    }

    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer)
            throws IOException, ExecutionException, InterruptedException {
        while (true) {
            try {
                return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillComing) {
                look();
            }
        }
    }

    private void look() throws HttpTimeoutException {
        long now = timing.nanoTime().getAsLong();
        int received = collector.received();
        if (received > lastReceived) {
            lastReceived = received;
            lastArrival = now;
        }
        requireWithin(timing.total(), now - begin, "the answer was not complete after ");
        // Until the first byte of the body, the client's own limit holds as well; this one is for a server that sends
        // headers only.
        Duration stall = received == 0 ? timing.head().plus(timing.stall()) : timing.stall();
        requireWithin(stall, now - lastArrival, "nothing more came for ");
        progress.at(now, received, collector.announced())
                .ifPresent(amount -> LOG.info("fetching {}: {}", HttpAddress.display(request.uri()), amount));
    }

    private static void requireWithin(Duration limit, long nanos, String problem) throws HttpTimeoutException {
        if (nanos > limit.toNanos()) {
            throw new HttpTimeoutException(problem + limit.toMillis() + " ms");
        }
    }

    private static IOException cause(ExecutionException failed) throws ModuleException {
        Throwable cause = failed.getCause();
        if (cause instanceof BodyCollector.TooLargeException tooLarge) {
            throw new ModuleException("cannot be fetched: " + tooLarge.getMessage(), tooLarge);
        }
        if (cause instanceof IOException io) {
            return io;
        }
        return new IOException(String.valueOf(cause), cause);
    }
}
