package dev.proxywasm.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.callout.HttpCallClientContract;
import dev.proxywasm.internal.callout.RawServer;
import dev.proxywasm.spi.HttpCall;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.spi.HttpCallResult;
import dev.proxywasm.spi.HttpCallResult.Failure;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApacheHttpCallClientTest extends HttpCallClientContract {

    @Override
    protected HttpCallClient newClient() {
        return new ApacheHttpCallClient();
    }

    @ParameterizedTest
    @CsvSource({"1001, 1", "1, 70000"})
    void anAnswerWithHeadersWithoutEndIsAFailure(int count, int size) throws Exception {
        String headers = ("x-header: " + "x".repeat(size) + "\r\n").repeat(count);
        BlockingQueue<HttpCallResult> results = new ArrayBlockingQueue<>(1);
        try (RawServer server = RawServer.thatIsSilentAfter("HTTP/1.1 200 OK\r\n" + headers + "\r\n");
                HttpCallClient client = newClient()) {
            client.start(
                    new HttpCall(
                            URI.create("http://127.0.0.1:" + server.port()),
                            Optional.empty(),
                            HeaderMap.of(":method", "GET", ":path", "/", ":authority", "shop.example"),
                            ByteBuffer.allocate(0),
                            new HeaderMap(0),
                            Duration.ofSeconds(20),
                            1000),
                    results::add);
            assertThat(results.poll(20, TimeUnit.SECONDS)).isInstanceOf(Failure.class);
            server.awaitHangUp();
        }
    }

    @Test
    void isFoundByTheServiceLoader() {
        try (HttpCallClient found =
                ServiceLoader.load(HttpCallClient.class).findFirst().orElseThrow()) {
            assertThat(found).isInstanceOf(ApacheHttpCallClient.class);
            assertThat(found.supportsTrailers()).isTrue();
        }
    }
}
