package dev.proxywasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatchTest {

    private static boolean matches(String pattern, String path) {
        return new Match(List.of(pattern), Set.of()).mayMean("GET", path, "localhost", 80);
    }

    @ParameterizedTest
    @CsvSource({
        "/*,         /,                  true",
        "/*,         /a/b,               true",
        "/*,         *,                  true",
        "/private/*, /private,           true",
        "/private/*, /private/,          true",
        "/private/*, /private/a?b=c,     true",
        "/private/*, /private?x=/public, true",
        "/private/*, /privateer,         false",
        "/private/*, /public,            false",
        "/private/*, /public?/private/a, false",
        "/private/*, /a/private/b,       false",
        "/private/*, /PRIVATE/a,         false",
        "/exact,     /exact,             true",
        "/exact,     /exact?a,           true",
        "/exact,     /exact/,            false",
        "/exact,     /exact/a,           false",
        "*.jsp,      /a/b.jsp,           true",
        "*.jsp,      /a/b.jsp;v=1?x,     true",
        "*.jsp,      /a/b.jspx,          false",
        "*.jsp,      /a.jsp/b,           false",
    })
    void followsTheFourFormsOfPatterns(String pattern, String path, boolean expected) {
        assertThat(matches(pattern, path)).isEqualTo(expected);
    }

    /** Each is routed to something below /private by one server or another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//private/a",
                "/./private/a",
                "/public/../private/a",
                "/../private/a",
                "/public/./..//private/a",
                "/private;x=1/a",
                "/;x/private/a",
                "/private;/a",
                "/public/..;/private/a",
                "/public/..;x=1/private/a",
                "/%70rivate/a",
                "/%70%72%69%76%61%74%65/a",
                "/public/%2e%2e/private/a",
                "/public/%2E%2E/private/a",
                "/public/.%2e/private/a",
                "/public/%2e%2e%2fprivate/a",
                "/public%2f..%2fprivate/a",
                "/%2fprivate/a",
                "/public%5c..%5cprivate/a",
                "/public\\..\\private\\a",
                "\\private\\a",
                "/private%2fa",
                "/private%5ca",
                "/private%3bx/a",
                "/private/x%2f..%2f..%2fpublic",
                "/private/x/..%2f..%2f..%2fpublic",
                "/private/..\\..\\public",
                "/private/..%5cpublic",
                "/private/..;/public",
                "/private/%2e%2e/public",
                "/private/%zz",
                "/private/%",
                "http://host/private/a",
                "http://host/%70rivate/a",
            })
    void letsNoSpellingSlipPast(String path) {
        assertThat(matches("/private/*", path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/a",
                "/public/%70rivate/a",
                "/public;/private/a",
                "/public/a;b=/private/c",
                "/%2570rivate/a",
                "/public/a//b",
                "/privat%65r/a",
                "http://private/a",
                "http://private",
                "/public/%"
            })
    void leavesOtherPathsAlone(String path) {
        assertThat(matches("/private/*", path)).isFalse();
    }

    @Test
    void comparesMethods() {
        Match match = new Match(List.of(), Set.of("post", "PUT"));
        assertThat(match.mayMean("POST", "/", "localhost", 80)).isTrue();
        assertThat(match.mayMean("PUT", "/", "localhost", 80)).isTrue();
        assertThat(match.mayMean("GET", "/", "localhost", 80)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "private", "/a*", "/a/*/b", "*", "*.a.*", "*.a/b", "/*/a", "/a/**"})
    void refusesOtherPatterns(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Match(List.of(pattern), Set.of()))
                .withMessageContaining("'" + pattern + "'")
                .withMessageContaining("/prefix/*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health?verbose"})
    void meansAPlainPathForCertain(String path) {
        assertThat(new Match(List.of("/health"), Set.of()).surelyMeans("GET", path, "localhost", 80))
                .isTrue();
    }

    /** Each is routed to /health by one server and to something else by another. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/private/..;/health", "/private/..%2fhealth", "/health/..;/private", "/private\\..\\health"})
    void meansNoAmbiguousPathForCertain(String path) {
        Match match = new Match(List.of("/health"), Set.of());
        assertThat(match.surelyMeans("GET", path, "localhost", 80)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com,   api.example.com,      true",
        "api.example.com,   API.example.com:8443, true",
        "api.example.com,   api.example.com.:80,  true",
        "api.example.com,   xapi.example.com,     false",
        "*.example.com,     api.example.com,      true",
        "*.example.com,     a.b.example.com:80,   true",
        "*.example.com,     example.com,          false",
        "*.example.com,     badexample.com,       false",
        "[::1],             [::1]:8080,           true",
        "[::1],             [::1],                true",
    })
    void comparesHosts(String pattern, String authority, boolean expected) {
        Match match = new Match(List.of(), Set.of(), Set.of(pattern), Set.of());
        assertThat(match.mayMean("GET", "/", authority, 80)).isEqualTo(expected);
    }

    @Test
    void comparesPorts() {
        Match match = new Match(List.of(), Set.of(), Set.of(), Set.of(8080));
        assertThat(match.mayMean("GET", "/", "localhost", 8080)).isTrue();
        assertThat(match.mayMean("GET", "/", "localhost:8080", 80)).isFalse();
        assertThat(match.mayMean("GET", "/", "localhost", -1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "*.", "a b", "http://a", "a:80", "a..b", "*.a.*", "[a", "a/b"})
    void refusesWhatIsNoHost(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Match(List.of(), Set.of(), Set.of(host), Set.of()))
                .withMessageContaining("'" + host + "'");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void refusesWhatIsNoPort(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Match(List.of(), Set.of(), Set.of(), Set.of(port)))
                .withMessageContaining("port " + port);
    }
}
