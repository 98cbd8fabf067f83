package dev.proxywasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
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

    @Test
    void hasItsTlsFromOnePlaceTheLastThatWasSaid() throws Exception {
        UpstreamTls tls = UpstreamTls.of(SSLContext.getDefault());
        TlsFiles files = TlsFiles.NONE.withCaCertificates("ca.pem");
        UpstreamConfig secure = new UpstreamConfig(URI.create("https://auth.example"));

        assertThat(secure.tlsFiles()).isEqualTo(TlsFiles.NONE);
        assertThat(secure.withTls(tls).withTls(files).tls()).isEmpty();
        assertThat(secure.withTls(files).withTls(tls).tlsFiles()).isEqualTo(TlsFiles.NONE);
        assertThatThrownBy(() -> new UpstreamConfig(secure.uri(), secure.timeout(), Optional.of(tls), files))
                .hasMessage("an upstream has its TLS from files or from elsewhere; choose one");
        UpstreamConfig plain = new UpstreamConfig(URI.create("http://auth.example"));
        assertThatThrownBy(() -> plain.withTls(files)).hasMessageContaining("but its uri is http://auth.example");
    }
}
