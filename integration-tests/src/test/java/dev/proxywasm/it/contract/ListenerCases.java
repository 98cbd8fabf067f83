package dev.proxywasm.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Read and write listeners that share what they work with, as those of containers may. */
public interface ListenerCases extends ContractCases {

    @ParameterizedTest
    @ValueSource(strings = {"/response-add", "/pass", "/hold"})
    default void callsTheListenersOfARequestOneAfterTheOther(String path) throws Exception {
        AtomicReference<PumpListener> pump = new AtomicReference<>();
        site().servlet((request, response) -> {
            PumpListener started = PumpListener.start(request, response);
            pump.set(started);
            started.applicationReturns();
        });
        byte[] body = Payload.ofSize(200_000);
        HttpResponse<byte[]> response = site().send(
                        site().request(path).POST(BodyPublishers.ofByteArray(body)),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(Payload.fingerprint(response.body())).isEqualTo(Payload.fingerprint(body));
        assertThat(pump.get().violations()).isEmpty();
    }
}
