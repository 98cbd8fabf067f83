package dev.proxywasm.internal.callout.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.internal.callout.HttpCallClientContract;
import dev.proxywasm.spi.HttpCallClient;
import org.junit.jupiter.api.Test;

class JdkHttpCallClientTest extends HttpCallClientContract {

    @Override
    protected HttpCallClient newClient() {
        return new JdkHttpCallClient();
    }

    @Test
    void saysThatItKnowsNoTrailers() {
        try (HttpCallClient client = newClient()) {
            assertThat(client.supportsTrailers()).isFalse();
        }
    }
}
