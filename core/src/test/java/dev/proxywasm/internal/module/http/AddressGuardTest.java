package dev.proxywasm.internal.module.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.module.source.ModuleException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private static final Map<String, String> NAMES = Map.of(
            "public.example", "93.184.216.34",
            "other.example", "93.184.216.35",
            "inside.example", "10.0.0.1",
            "allowed.example", "10.0.0.2",
            "rebound.example", "169.254.169.254");

    private final AddressGuard guard =
            new AddressGuard(Set.of("Allowed.example", "127.0.0.1:5000", "[::1]"), AddressGuardTest::resolve);

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress known = InetAddress.getByName(NAMES.getOrDefault(host, host));
        return new InetAddress[] {InetAddress.getByName("93.184.216.34"), known};
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://public.example/x",
                "https://inside.example/x",
                "https://127.0.0.1/x",
                "http://allowed.example/x",
                "http://ALLOWED.example:8080/x",
                "http://127.0.0.1:5000/x",
                "http://[::1]:9/x"
            })
    void letsPass(String uri) {
        assertThatCode(() -> guard.check(URI.create(uri))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254/latest/meta-data",
                "https://[fe80::1]/x",
                "https://rebound.example/x",
                "https://0.0.0.0/x",
                "https://[::ffff:169.254.169.254]/x"
            })
    void refusesSpecialAddressesAlsoBehindNames(String uri) {
        assertThatThrownBy(() -> guard.check(URI.create(uri)))
                .isInstanceOf(ModuleException.class)
                .hasMessageStartingWith("cannot be fetched: " + uri + " is at ")
                .hasMessageContaining("a link-local, metadata or other special address");
    }

    @ParameterizedTest
    @CsvSource({
        "http://public.example/x, public.example",
        "http://127.0.0.1/x, 127.0.0.1",
        "http://127.0.0.1:5001/x, 127.0.0.1"
    })
    void refusesPlainHttpThatIsNotAllowed(String uri, String host) {
        assertThatThrownBy(() -> guard.check(URI.create(uri)))
                .hasMessage("cannot be fetched: " + uri
                        + " is plain HTTP, which anyone on the way can change; use https, or add '" + host
                        + "' to 'allow-insecure'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://public.example/x", "https:///x", "file:/etc/passwd"})
    void refusesWhatIsNoServerOfHttp(String uri) {
        assertThatThrownBy(() -> guard.check(URI.create(uri))).hasMessageContaining("is no http or https address");
    }

    @Test
    void hidesSecretsInAddresses() {
        assertThatThrownBy(() -> guard.check(URI.create("http://me:secret@public.example/x?sig=secret")))
                .hasMessageContaining("http://public.example/x?*** is plain HTTP")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "https://public.example, https://other.example/token",
        "https://public.example, https://public.example/token",
        "https://inside.example, https://127.0.0.1/token",
        "https://public.example, https://allowed.example/token",
        "https://inside.example, https://public.example/token"
    })
    void letsServersNameOthers(String from, String to) {
        assertThatCode(() -> guard.checkReferral(URI.create(from), URI.create(to)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"https://127.0.0.1/token", "https://inside.example/token", "https://[fd12::1]/token"})
    void letsNoPublicServerNameAPrivateOne(String to) {
        assertThatThrownBy(() -> guard.checkReferral(URI.create("https://public.example/v2/"), URI.create(to)))
                .hasMessage("cannot be fetched: https://public.example, a public server, leads to the private address "
                        + to + "; if that is meant, add its host to 'allow-insecure'");
    }

    @Test
    void aNameWithoutAddressIsAFailureThatMayPass() {
        AddressGuard lost = new AddressGuard(Set.of(), host -> {
            throw new UnknownHostException(host);
        });
        assertThatThrownBy(() -> lost.check(URI.create("https://public.example")))
                .isInstanceOf(UnknownHostException.class);
        assertThat(lost.allowsInsecure(URI.create("http://public.example"))).isFalse();
    }
}
