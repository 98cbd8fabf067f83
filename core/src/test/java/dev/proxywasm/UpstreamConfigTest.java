package dev.proxywasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class UpstreamConfigTest {

    @Test
    void hasTlsOfItsOwnOnlyWhereItIsCalledThroughTls() throws Exception {
        UpstreamTls tls = UpstreamTls.of(SSLContext.getDefault());
        UpstreamConfig secure = new UpstreamConfig(URI.create("HTTPS://auth.example"));

        assertThat(secure.tls()).isEmpty();
        assertThat(secure.withTls(tls).tls()).containsSame(tls);
        assertThat(secure.withTls(tls)).isEqualTo(secure.withTls(tls));
        assertThat(tls.current()).isSameAs(tls.current());
        UpstreamConfig plain = new UpstreamConfig(URI.create("http://auth.example"));
        assertThatThrownBy(() -> plain.withTls(tls))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an upstream with TLS of its own is https://host or https://host:port,"
                        + " but its uri is http://auth.example");
    }
}
