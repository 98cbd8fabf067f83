package dev.proxywasm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.it.contract.Plugins;
import dev.proxywasm.it.contract.Site;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Many clients at once over few instances: nobody gets what belongs to another. */
class ConcurrencyIT {

    private static final int CLIENTS = 64;
    private static final int REQUESTS = 20_000;
    private static final long APPLICATION_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final AtomicInteger next = new AtomicInteger();
    private final Queue<String> mistakes = new ConcurrentLinkedQueue<>();

    @Test
    void neverMixesUpTwoOf64ClientsOverTwoInstances() throws Exception {
        Instant begin = Instant.now();
        try (Site site = new Site(
                JettyServer::new,
                Plugins.of(
                        """
                proxy-wasm:
                  plugins:
                    - {name: echo, module: "classpath:wat/echo-own-header.wat", instances: 2}
                """))) {
            site.application(call -> {
                LockSupport.parkNanos(APPLICATION_NANOS);
                call.print(call.header("x-id"));
            });
            runClients(site);
            assertThat(mistakes).isEmpty();
            assertThat(site.calls()).isEqualTo(REQUESTS);
        }
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(60));
    }

    private void runClients(Site site) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> {
                    askUntilDone(site);
                    return null;
                }));
            }
            for (Future<?> client : running) {
                client.get(120, TimeUnit.SECONDS);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void askUntilDone(Site site) throws Exception {
        for (int number = next.getAndIncrement(); number < REQUESTS; number = next.getAndIncrement()) {
            String id = "request-" + number;
            HttpResponse<String> response = site.send(site.request("/any").header("x-id", id));
            List<String> seen = List.of(
                    Integer.toString(response.statusCode()),
                    response.body(),
                    String.join(",", response.headers().allValues("x-echo")),
                    String.join(",", response.headers().allValues("x-remembered")));
            if (!seen.equals(List.of("200", id, id, id))) {
                mistakes.add(id + " got " + seen);
            }
        }
    }
}
