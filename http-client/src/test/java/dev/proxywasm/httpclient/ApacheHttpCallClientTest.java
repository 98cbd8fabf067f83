package dev.proxywasm.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.internal.callout.HttpCallClientContract;
import dev.proxywasm.spi.HttpCallClient;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ApacheHttpCallClientTest extends HttpCallClientContract {

    @Override
    protected HttpCallClient newClient() {
        return new ApacheHttpCallClient();
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
