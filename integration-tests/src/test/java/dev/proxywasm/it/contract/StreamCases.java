package dev.proxywasm.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that arrive in parts, while the other side waits for them. */
public interface StreamCases extends ContractCases {

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/response-add", "/pass"})
    default void sendsWhatIsFlushedBeforeTheApplicationEnds(String path) throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        site().application(call -> {
            call.setHeader("Content-Type", "text/event-stream");
            call.print("data: first\n\n");
            call.flush();
            call.print(arrived.await(10, TimeUnit.SECONDS) ? "data: second\n\n" : "data: the first never arrived\n\n");
        });
        try (InputStream body = site().send(site().request(path), BodyHandlers.ofInputStream())
                        .body();
                BufferedReader in = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            assertThat(in.readLine()).isEqualTo("data: first");
            arrived.countDown();
            assertThat(in.lines().anyMatch("data: second"::equals)).isTrue();
        }
    }
}
