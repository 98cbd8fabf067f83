package dev.proxywasm.internal.module.http;

import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.module.source.UnreachableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes requests as Istio's agent does: again after an I/O error, after 429, and after 500 and above unless the status says that it is of
 * no use. Takes proxies and trusted certificates from the JVM's settings, and nothing else from the environment. Safe for use by several
 * threads; the client's threads end when it is no longer used.
 */
public final class HttpFetcher {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.module");
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** Not implemented, version not supported, network authentication required: asking again changes nothing. */
    private static final Set<Integer> HOPELESS = Set.of(501, 505, 511);

    private static final int TOO_MANY_REQUESTS = 429;

    private final AddressGuard guard;
    private final FetchTiming timing;
    private final HttpClient client;

    /** A fetcher that has no connections yet. */
    public HttpFetcher(AddressGuard guard, FetchTiming timing) {
        this.guard = guard;
        this.timing = timing;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timing.head())
                .build();
    }

    /**
     * The answer, behind redirects; the status may be one of refusal.
     *
     * @throws ModuleException if a guard refuses an address, or the answer is too large, or redirects do not end
     * @throws UnreachableException if the server gave no such answer in all tries
     */
    public FetchResponse send(FetchRequest request) throws ModuleException, UnreachableException {
        FetchRequest next = request;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            FetchResponse response = sendWithRetries(next);
            String location = response.header("location");
            if (!REDIRECTS.contains(response.status())
                    || location.isEmpty()
                    || request.method().equals("POST")) {
                return response;
            }
            next = next.redirectedTo(target(response.uri(), location));
        }
        throw new ModuleException("cannot be fetched: " + HttpAddress.display(request.uri()) + " redirects more than "
                + MAX_REDIRECTS + " times; name the address where the module is");
    }

    private static URI target(URI from, String location) throws ModuleException {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new ModuleException(
                    "cannot be fetched: " + HttpAddress.display(from) + " redirects to what is no address", e);
        }
    }

    private FetchResponse sendWithRetries(FetchRequest request) throws ModuleException, UnreachableException {
        for (int attempt = 1; ; attempt++) {
            Duration delay = timing.delayAfter(attempt);
            String problem;
            IOException cause = null;
            try {
                FetchResponse response = sendOnce(request);
                if (!isWorthAnotherTry(response.status())) {
                    return response;
                }
                delay = timing.delayFrom(response.header("retry-after"), delay);
                problem = "answered with status " + response.status();
            } catch (IOException e) {
                requireCertificate(request, e);
                problem = "failed: " + reason(e);
                cause = e;
            }
            String whole = request + " " + problem;
            if (attempt >= timing.tries()) {
                throw new UnreachableException(
                        "cannot be fetched: " + whole + " (" + attempt
                                + " tries); see that the server runs and can be reached from here",
                        cause);
            }
            LOG.info("{}; trying again in {} ms ({} of {})", whole, delay.toMillis(), attempt + 1, timing.tries());
            pause(delay);
        }
    }

    private FetchResponse sendOnce(FetchRequest request) throws ModuleException, IOException {
        guard.check(request.uri());
        if (request.referrer().isPresent()) {
            guard.checkReferral(request.referrer().get(), request.uri());
        }
        return new Exchange(request, timing).run(client);
    }

    /** Asking again makes no certificate better. */
    private static void requireCertificate(FetchRequest request, IOException failure) throws UnreachableException {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                throw new UnreachableException(
                        "cannot be fetched: the certificate of " + HttpAddress.origin(request.uri())
                                + " is not accepted: " + cause.getMessage()
                                + "; see that it is valid and for this host, and that the JVM's trust store has its authority",
                        failure);
            }
        }
    }

    /** The JDK's client leaves some of them without a message, or with a bare host name. */
    private static String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return "the host name is unknown";
        }
        if (e instanceof ConnectException && e.getMessage() == null) {
            return "the connection was refused";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static boolean isWorthAnotherTry(int status) {
        return status == TOO_MANY_REQUESTS || status >= 500 && !HOPELESS.contains(status);
    }

    private void pause(Duration delay) throws ModuleException {
        try {
            timing.sleeper().sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModuleException("was not fetched: the thread was interrupted", e);
        }
    }
}
