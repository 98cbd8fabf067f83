package dev.proxywasm.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class TlsClientsTest {

    private final AtomicInteger made = new AtomicInteger();
    private final List<String> released = new CopyOnWriteArrayList<>();
    private final TlsClients<String> clients =
            new TlsClients<>(tls -> (tls.isPresent() ? "own " : "jvm ") + made.incrementAndGet(), released::add);

    private static Optional<ClientTls> tls() throws NoSuchAlgorithmException {
        return Optional.of(ClientTls.of(SSLContext.getDefault()));
    }

    @Test
    void eachIdentityHasItsOwn() throws Exception {
        Optional<ClientTls> one = tls();
        Optional<ClientTls> other = tls();

        assertThat(clients.client(Optional.empty())).isEqualTo("jvm 1");
        assertThat(clients.client(one)).isEqualTo("own 2");
        assertThat(clients.client(other)).isEqualTo("own 3");
        assertThat(clients.client(one)).isEqualTo("own 2");
        assertThat(clients.client(Optional.empty())).isEqualTo("jvm 1");
        assertThat(released).isEmpty();
    }

    @Test
    void isReleasedOnceNobodyHasTheIdentity() throws Exception {
        Optional<ClientTls> kept = tls();
        clients.client(kept);
        clients.client(tls());

        await().untilAsserted(() -> {
            System.gc();
            clients.client(kept);
            assertThat(released).containsExactly("own 3");
        });
        assertThat(clients.client(kept)).isEqualTo("own 2");
    }

    @Test
    void allAreReleasedAtTheEndAndNoneIsMadeAfterIt() throws Exception {
        clients.client(tls());
        clients.close();
        clients.close();

        assertThat(released).containsExactlyInAnyOrder("jvm 1", "own 2");
        Optional<ClientTls> late = tls();
        assertThatThrownBy(() -> clients.client(late))
                .isInstanceOf(CalloutRefusedException.class)
                .hasMessage("the host is closing");
    }

    @Test
    void unknownProtocolsAndCiphersAreRefused() throws Exception {
        SSLContext context = SSLContext.getDefault();
        assertThatThrownBy(() -> ClientTls.of(context, List.of("TLSv9"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the TLS protocol 'TLSv9' is unknown to this JVM; known are: ")
                .hasMessageContaining("TLSv1.3");
        assertThatThrownBy(() -> ClientTls.of(context, List.of(), List.of("ROT13")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the TLS cipher 'ROT13' is unknown");
    }
}
