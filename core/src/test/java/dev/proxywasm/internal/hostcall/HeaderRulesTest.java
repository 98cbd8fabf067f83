package dev.proxywasm.internal.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.Limits;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.codec.MapCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {

    private final FakeGuest guest = new FakeGuest();
    private final HeaderMap request = HeaderMap.of(":authority", "example.com", ":path", "/", ":method", "GET");
    private final HeaderMap response = HeaderMap.of(":status", "200");
    private final HeaderMap trailers = new HeaderMap();

    @BeforeEach
    void giveMaps() {
        guest.scope.context.maps.put(MapType.HTTP_REQUEST_HEADERS, request);
        guest.scope.context.maps.put(MapType.HTTP_RESPONSE_HEADERS, response);
        guest.scope.context.maps.put(MapType.HTTP_REQUEST_TRAILERS, trailers);
    }

    @Test
    void namesBecomeLowerCase() {
        assertThat(add(MapType.HTTP_REQUEST_HEADERS, "X-Waf", "Yes")).isEqualTo(Status.OK);
        assertThat(request.spelling(3)).isEqualTo("x-waf");
        assertThat(guest.scope.warned).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy_add_header_map_value", "proxy_replace_header_map_value"})
    void splittingAHeaderIsImpossible(String function) {
        assertThat(guest.call(function, 0, guest.text("x\r\nevil: 1\0"), guest.text("a\r\nset-cookie: b\0c")))
                .isEqualTo(Status.OK);
        assertThat(request.get("xevil1")).isEqualTo("aset-cookie: bc");
        assertThat(guest.scope.warned).hasSize(2);
    }

    @Test
    void splittingAHeaderIsImpossibleWithPairsToo() {
        byte[] pairs = MapCodec.encode(HeaderMap.of("x\n", "a\rb"));

        assertThat(guest.call("proxy_set_header_map_pairs", 2, guest.bytes(pairs)))
                .isEqualTo(Status.OK);
        assertThat(response).isEqualTo(HeaderMap.of(":status", "200", "x", "ab"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n", "(),/"})
    void ignoresPairsWithoutAUsableName(String name) {
        assertThat(add(MapType.HTTP_REQUEST_HEADERS, name, "v")).isEqualTo(Status.OK);
        assertThat(request.size()).isEqualTo(3);
    }

    @Test
    void addingAPseudoHeaderReplacesIt() {
        assertThat(add(MapType.HTTP_REQUEST_HEADERS, ":path", "/other")).isEqualTo(Status.OK);
        assertThat(request.getAll(":path")).containsExactly("/other");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_REQUEST_HEADERS, :foo, x",
        "HTTP_REQUEST_HEADERS, :status, 200",
        "HTTP_RESPONSE_HEADERS, :path, /",
        "HTTP_REQUEST_TRAILERS, :path, /",
        "HTTP_REQUEST_HEADERS, :, x",
    })
    void ignoresPseudoHeadersThatTheMessageDoesNotHave(MapType type, String name, String value) {
        HeaderMap before = guest.scope.context.maps.get(type).copy();

        assertThat(add(type, name, value)).isEqualTo(Status.OK);
        assertThat(guest.scope.context.maps.get(type)).isEqualTo(before);
        assertThat(guest.scope.warned).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_RESPONSE_HEADERS, :status, 99",
        "HTTP_RESPONSE_HEADERS, :status, 100",
        "HTTP_RESPONSE_HEADERS, :status, 1000",
        "HTTP_RESPONSE_HEADERS, :status, 2OO",
        "HTTP_RESPONSE_HEADERS, :status, ''",
        "HTTP_REQUEST_HEADERS, :method, 'GET /'",
        "HTTP_REQUEST_HEADERS, :method, ':GET'",
        "HTTP_REQUEST_HEADERS, :path, ''",
    })
    void ignoresValuesThatNoMessageCanHave(MapType type, String name, String value) {
        HeaderMap before = guest.scope.context.maps.get(type).copy();

        assertThat(add(type, name, value)).isEqualTo(Status.OK);
        assertThat(guest.scope.context.maps.get(type)).isEqualTo(before);
        assertThat(guest.scope.warned).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {":method", ":path", ":authority", "host"})
    void requiredPseudoHeadersStay(String name) {
        HeaderMap before = request.copy();

        assertThat(guest.call("proxy_remove_header_map_value", 0, guest.text(name)))
                .isEqualTo(Status.OK);
        assertThat(request).isEqualTo(before);
    }

    @Test
    void hostMeansAuthority() {
        assertThat(add(MapType.HTTP_REQUEST_HEADERS, "Host", "other.example")).isEqualTo(Status.OK);
        assertThat(request.getAll(":authority")).containsExactly("other.example");
        assertThat(request.contains("host")).isFalse();
    }

    @Test
    void authorityWinsOverHostAmongPairs() {
        byte[] pairs = MapCodec.encode(HeaderMap.of(":authority", "a.example", "host", "b.example"));

        assertThat(guest.call("proxy_set_header_map_pairs", 0, guest.bytes(pairs)))
                .isEqualTo(Status.OK);
        assertThat(request.get(":authority")).isEqualTo("a.example");
        assertThat(request.contains("host")).isFalse();
    }

    @Test
    void hostIsAnOrdinaryNameInResponses() {
        assertThat(add(MapType.HTTP_RESPONSE_HEADERS, "host", "x")).isEqualTo(Status.OK);
        assertThat(response.get("host")).isEqualTo("x");
    }

    @Test
    void answersInternalFailureForOnePairTooMany() {
        guest.scope.limit(Limits.builder().headerCount(4));

        assertThat(add(MapType.HTTP_REQUEST_HEADERS, "a", "1")).isEqualTo(Status.OK);
        assertThat(add(MapType.HTTP_REQUEST_HEADERS, "b", "2")).isEqualTo(Status.INTERNAL_FAILURE);
        assertThat(replace("b", "2")).isEqualTo(Status.INTERNAL_FAILURE);
        assertThat(replace("a", "2")).isEqualTo(Status.OK);
        assertThat(request.size()).isEqualTo(4);
        assertThat(guest.scope.warned.get(0)).contains("5 pairs", "the 4 of the limit header-count");
    }

    @Test
    void answersInternalFailureForOneByteTooMany() {
        guest.scope.limit(Limits.builder().headerBytes(1024));
        int room = 1024 - MapCodec.encodedSize(trailers) - 4 - 10 - 1;

        assertThat(add(MapType.HTTP_REQUEST_TRAILERS, "a", "v".repeat(room))).isEqualTo(Status.OK);
        assertThat(MapCodec.encodedSize(trailers)).isEqualTo(1024);
        assertThat(replaceTrailer("a", "v".repeat(room + 1))).isEqualTo(Status.INTERNAL_FAILURE);
        assertThat(add(MapType.HTTP_REQUEST_TRAILERS, "b", "")).isEqualTo(Status.INTERNAL_FAILURE);
        assertThat(replaceTrailer("a", "v")).isEqualTo(Status.OK);
    }

    @Test
    void refusesPairsBeyondTheLimitsAndLeavesTheMap() {
        guest.scope.limit(Limits.builder().headerCount(4));
        HeaderMap before = request.copy();
        byte[] pairs = MapCodec.encode(HeaderMap.of("a", "1", "b", "2"));

        assertThat(guest.call("proxy_set_header_map_pairs", 0, guest.bytes(pairs)))
                .isEqualTo(Status.INTERNAL_FAILURE);
        assertThat(request).isEqualTo(before);
    }

    @Test
    void aMapThatArrivedBeyondTheLimitsMayBeChangedButNotGrow() {
        guest.scope.limit(Limits.builder().headerCount(2));

        assertThat(replace(":path", "/b")).isEqualTo(Status.OK);
        assertThat(add(MapType.HTTP_REQUEST_HEADERS, "a", "1")).isEqualTo(Status.INTERNAL_FAILURE);
    }

    private Status add(MapType type, String name, String value) {
        return guest.call("proxy_add_header_map_value", type.ordinal(), guest.text(name), guest.text(value));
    }

    private Status replace(String name, String value) {
        return guest.call("proxy_replace_header_map_value", 0, guest.text(name), guest.text(value));
    }

    private Status replaceTrailer(String name, String value) {
        return guest.call("proxy_replace_header_map_value", 1, guest.text(name), guest.text(value));
    }
}
