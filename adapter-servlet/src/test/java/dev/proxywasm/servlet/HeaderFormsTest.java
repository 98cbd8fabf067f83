package dev.proxywasm.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.http.HeaderText;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small forms that headers, queries and properties are written in. */
class HeaderFormsTest {

    @Nested
    class Dates {

        @ParameterizedTest
        @ValueSource(
                strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"
                })
        void readsAllThreeForms(String text) {
            assertThat(HttpDates.parse(text)).isEqualTo(784_111_777_000L);
        }

        @Test
        void writesOneForm() {
            assertThat(HttpDates.format(784_111_777_000L)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
        }

        @Test
        void refusesWhatIsNoDate() {
            assertThatThrownBy(() -> HttpDates.parse("yesterday")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html | text/html | ",
                "text/html;charset=utf-8 | text/html | utf-8",
                "text/html ; Charset = \"utf-8\" | text/html | utf-8",
                "multipart/form-data; boundary=x; charset=a; y=z | multipart/form-data; boundary=x; y=z | a",
                "text/html; charset= | text/html | ",
                "text/x; mycharset=1 | text/x; mycharset=1 | "
            })
    void takesAContentTypeApart(String text, String type, String charset) {
        assertThat(ContentType.parse(text)).isEqualTo(new ContentType(type, charset));
    }

    @ParameterizedTest
    @CsvSource({
        "host, host, -1",
        "host:81, host, 81",
        "[::1], [::1], -1",
        "[::1]:81, [::1], 81",
        "host:, host, -1",
        "host:x, host, -1"
    })
    void takesAnAuthorityApart(String text, String host, int port) {
        assertThat(Authority.parse(text)).isEqualTo(new Authority(host, port));
    }

    @Test
    void makesHeaderValuesThatEveryServerSendsAlike() {
        assertThat(HeaderText.of("plain \u00e9")).isEqualTo("plain \u00e9");
        assertThat(HeaderText.of("a\r\nb\0c")).isEqualTo("a  b c");
        assertThat(HeaderText.of("a\tb")).isEqualTo("a\tb");
        assertThat(HeaderText.of("\u20ac")).isEqualTo("\u00e2\u0082\u00ac");
        assertThat(HeaderText.of("\u20ac\n")).isEqualTo("\u00e2\u0082\u00ac ");
    }

    @Test
    void ordersLocalesByQuality() {
        assertThat(AcceptedLocales.parse(List.of("de;q=0.5, fr-CA", "en;q=0, *;q=0.1, it;q=x")))
                .containsExactly(Locale.CANADA_FRENCH, Locale.GERMAN);
        assertThat(AcceptedLocales.parse(List.of())).containsExactly(Locale.getDefault());
    }

    @Test
    void readsCookiesAndLeavesOutMalformedOnes() {
        Cookie[] cookies = Cookies.parse(List.of("a=1; b=\"2\"; =3; c; d=x=y", "e="));
        assertThat(cookies).extracting(Cookie::getName).containsExactly("a", "b", "d", "e");
        assertThat(cookies).extracting(Cookie::getValue).containsExactly("1", "2", "x=y", "");
        assertThat(Cookies.parse(List.of())).isNull();
    }

    @Test
    void writesACookieWithItsAttributes() {
        Cookie cookie = new Cookie("a", "1");
        cookie.setMaxAge(0);
        cookie.setSecure(true);
        cookie.setAttribute("samesite", "None");
        assertThat(Cookies.format(cookie))
                .startsWith("a=1; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:10 GMT")
                .contains("; Secure", "; SameSite=None")
                .doesNotContain("Secure=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "a b", "a,b", "a\\b", "a\nb", "\"a\"b\""})
    void refusesACookieValueThatWouldBreakTheHeader(String value) {
        assertThatThrownBy(() -> Cookies.format(new Cookie("a", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cookie 'a'");
    }

    @ParameterizedTest
    @CsvSource({"Path, /a;Secure", "Domain, a;b", "SameSite, 'Lax; Secure'"})
    void refusesACookieAttributeThatWouldBeTwo(String name, String value) {
        Cookie cookie = new Cookie("a", "1");
        cookie.setAttribute(name, value);
        assertThatThrownBy(() -> Cookies.format(cookie))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", ""})
    void writesPartitionedAsAFlag(String value) {
        Cookie cookie = new Cookie("a", "1");
        cookie.setAttribute("Partitioned", value);
        assertThat(Cookies.format(cookie)).isEqualTo("a=1; Partitioned");
    }

    @Test
    void readsParametersAsTheyStandAndTakesBadEscapesLiterally() {
        QueryParameters parameters = new QueryParameters();
        parameters.add("a=1&&b=%C3%A9+%zz&a=2&c&d=%", StandardCharsets.UTF_8);
        Map<String, String[]> map = parameters.toMap();
        assertThat(map).containsOnlyKeys("a", "b", "c", "d");
        assertThat(map.get("a")).containsExactly("1", "2");
        assertThat(map.get("b")).containsExactly("\u00e9 %zz");
        assertThat(map.get("d")).containsExactly("%");
    }

    @Test
    void looksUpPropertiesInTheOrderOfMicroProfileConfig() {
        java.util.Properties system = new java.util.Properties();
        system.setProperty("a.b", "system");
        java.util.Properties files = new java.util.Properties();
        files.setProperty("a.b", "file");
        files.setProperty("proxy-wasm.x", "file");
        files.setProperty("only.file", "file");
        Properties properties = PlainProperties.of(system, Map.of("PROXY_WASM_X", "variable", "A_B", "no"), files);
        assertThat(properties.get("a.b")).isEqualTo("system");
        assertThat(properties.get("proxy-wasm.x")).isEqualTo("variable");
        assertThat(properties.get("only.file")).isEqualTo("file");
        assertThat(properties.get("none")).isNull();
    }
}
