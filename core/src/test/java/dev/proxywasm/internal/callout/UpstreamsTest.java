package dev.proxywasm.internal.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.UpstreamConfig;
import dev.proxywasm.spi.CalloutRefusedException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamsTest {

    private static final Map<String, UpstreamConfig> TABLE = Map.of(
            "auth",
            new UpstreamConfig(URI.create("http://127.0.0.1:9000")),
            "outbound|443||geo.ns.svc.cluster.local",
            new UpstreamConfig(URI.create("https://geo.example")),
            "users.ns.svc.cluster.local",
            new UpstreamConfig(URI.create("http://users.example")));

    private final Upstreams configured = new Upstreams(TABLE, false);
    private final Upstreams open = new Upstreams(TABLE, true);

    @ParameterizedTest
    @CsvSource({
        "auth, http://127.0.0.1:9000",
        "outbound|443||geo.ns.svc.cluster.local, https://geo.example",
        "outbound|80||users.ns.svc.cluster.local, http://users.example",
        "outbound|8080|v2|users.ns.svc.cluster.local, http://users.example",
        "users.ns.svc.cluster.local, http://users.example"
    })
    void findsConfiguredNamesAndClustersOfIstio(String name, String uri) {
        assertThat(configured.find(name, true).uri()).isEqualTo(URI.create(uri));
    }

    @ParameterizedTest
    @CsvSource({
        "a.example, false, http://a.example, 80",
        "a.example, true, https://a.example, 443",
        "a.example:81, false, http://a.example:81, 81",
        "[::1]:82, false, http://[::1]:82, 82",
        "https://a.example:8443, false, https://a.example:8443, 8443",
        "outbound|83||a.example, false, http://a.example:83, 83"
    })
    void findsAnyServerOnlyWhereThatIsAllowed(String name, boolean secure, String uri, int port) {
        assertThat(open.find(name, secure).uri()).isEqualTo(URI.create(uri));
        assertThat(open.find(name, secure).port()).isEqualTo(port);
        assertThatThrownBy(() -> configured.find(name, secure)).isInstanceOf(CalloutRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "http://",
                "ftp://a",
                "http://a/path",
                "http://u:p@a",
                "a:0",
                "a:99999",
                "a:",
                "file:/etc/passwd",
                "a\nb"
            })
    void refusesWhatIsNoServer(String name) {
        assertThatThrownBy(() -> open.find(name, false))
                .isInstanceOf(CalloutRefusedException.class)
                .hasMessageNotContaining("\n")
                .hasMessageContaining("is unknown; known are: ")
                .hasMessageContaining("It is no host:port or URL");
    }

    @Test
    void saysWhatToDoAboutAnUnknownName() {
        assertThatThrownBy(() -> new Upstreams(Map.of(), false).find("auth", false))
                .hasMessage(
                        "upstream 'auth' is unknown; known are: none. Add it to the configuration's 'upstreams', or set"
                                + " 'allow-direct-callouts' to let plugins call any host:port");
    }
}
