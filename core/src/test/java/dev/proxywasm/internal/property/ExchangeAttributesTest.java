package dev.proxywasm.internal.property;

import static dev.proxywasm.internal.property.FakeExchange.certificate;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.TlsConnection;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.internal.codec.PropertyPath;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the attributes of an exchange: its bytes, from when on it is there, and what it is without its source. */
class ExchangeAttributesTest {

    private final FakeExchange exchange = new FakeExchange();

    @BeforeEach
    void describeAnExchangeWithMutualTls() {
        exchange.request.headers =
                HeaderMap.of(":authority", "shop.example", ":path", "/a/b?c=d?e", ":method", "PUT", ":scheme", "https");
        exchange.request.headers.addAll(
                HeaderMap.of("referer", "https://x/", "user-agent", "curl/8", "x-request-id", "42"));
        exchange.request.headers.addAll(HeaderMap.of("x-tea", "green", "X-Tea", "black"));
        exchange.request.bodyBytes = 1000;
        exchange.response.headers = HeaderMap.of(":status", "201", "grpc-status", "5");
        exchange.response.trailers = HeaderMap.of("grpc-status", "14", "x-sum", "ab");
        exchange.response.bodyBytes = 77;
        exchange.details = "key_missing";
        exchange.over = true;
        exchange.tls = new TlsConnection("TLSv1.3", "shop.example", certificate("bare"), certificate("client"), true);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            textBlock =
                    """
                request.path                              , /a/b?c=d?e
                request.url_path                          , /a/b
                request.query                             , c=d?e
                request.host                              , shop.example
                request.scheme                            , https
                request.method                            , PUT
                request.referer                           , https://x/
                request.useragent                         , curl/8
                request.id                                , 42
                request.protocol                          , HTTP/2
                request.headers.x-tea                     , "green,black"
                request.headers.Host                      , shop.example
                response.code_details                     , key_missing
                response.headers.grpc-status              , 5
                response.trailers.x-sum                   , ab
                source.address                            , 192.0.2.1:4711
                destination.address                       , [2001:db8::1]:8443
                connection.tls_version                    , TLSv1.3
                connection.requested_server_name          , shop.example
                connection.subject_local_certificate      , CN=bare
                connection.subject_peer_certificate       , "OU=edge+CN=client,O=Ex\\, ample,C=DE"
                connection.dns_san_peer_certificate       , first.example
                connection.uri_san_peer_certificate       , spiffe://example/ns/one
                connection.sha256_peer_certificate_digest , d070db6c8535f771d4140e9d13624f088659124a8fe9e0c3a80d4a437fb9137a
                """)
    void answersTextsAsTheyAre(String path, String expected) {
        assertThat(text(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                request.time          , 1767323045678000000
                request.duration      , 250000000
                request.size          , 1000
                request.total_size    , 1126
                request.headers_bytes , 126
                response.code         , 201
                response.flags        , 0
                response.grpc_status  , 14
                response.headers_bytes, 22
                response.size         , 77
                response.total_size   , 119
                source.port           , 4711
                destination.port      , 8443
                connection.id         , 7
                connection_id         , 7
                """)
    void answersNumbersInEightBytes(String path, long expected) {
        byte[] bytes = find(path);
        assertThat(bytes).hasSize(8);
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong())
                .isEqualTo(expected);
    }

    @Test
    void answersFlagsInOneByte() {
        assertThat(find("connection.mtls")).containsExactly(1);
    }

    @Test
    void answersMapsAsPairsWithEachNameOnce() {
        assertThat(MapCodec.decode(find("request.headers")).getAll("x-tea")).containsExactly("green,black");
        assertThat(MapCodec.decode(find("response.headers"))).isEqualTo(exchange.response.headers);
        assertThat(MapCodec.decode(find("response.trailers"))).isEqualTo(exchange.response.trailers);
    }

    @Test
    void answersACertificateThatCanBeReadAgain() {
        String encoded = text("connection.peer_certificate");

        assertThat(encoded).startsWith("-----BEGIN%20CERTIFICATE-----%0AMII").doesNotContain("\n", " ", "+", "/", "=");
        assertThat(certificate(URLDecoder.decode(encoded, UTF_8).getBytes(UTF_8)))
                .isEqualTo(certificate("client"));
    }

    @Test
    void theTestsAboveNameEveryRow() {
        ExchangeAttributes.ROWS.stream()
                .filter(row -> !List.of("connection.dns_san_local_certificate", "connection.uri_san_local_certificate")
                        .contains(row.path()))
                .forEach(row -> assertThat(find(row.path())).as(row.path()).isNotNull());
        assertThat(ExchangeAttributes.ROWS).extracting(Attribute::path).doesNotHaveDuplicates();
    }

    static Stream<Attribute<ExchangeView>> rows() {
        return ExchangeAttributes.ROWS.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void hasTheSizeOfItsType(Attribute<ExchangeView> row) {
        byte[] bytes = find(row.path());
        switch (row.type()) {
            case INT, UINT, TIMESTAMP, DURATION -> assertThat(bytes).hasSize(8);
            case BOOL -> assertThat(bytes).hasSize(1);
            case MAP -> assertThat(MapCodec.decode(bytes)).isNotNull();
            default -> assertThat(row.type()).isEqualTo(AttributeType.STRING);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isNotFoundBeforeItsTime(Attribute<ExchangeView> row) {
        exchange.over = row.since() == Since.REQUEST || row.since() == Since.RESPONSE;
        if (row.since() == Since.RESPONSE) {
            exchange.response.headers = null;
            exchange.response.trailers = new HeaderMap();
            exchange.details = "";
        } else if (row.since() == Since.REQUEST) {
            return;
        }
        assertThat(find(row.path())).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request.missing",
                "request.headers.missing",
                "request.path.deeper",
                "request.time.0",
                "response.trailers.missing",
                "response.headers.x.y",
                "connection.transport_failure_reason",
                "connection.termination_details",
                "upstream.address",
                "unknown",
                "",
            })
    void isNotFoundIfTheHostDoesNotKnowIt(String path) {
        assertThat(find(path)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "response", "connection", "source", "destination"})
    void aGroupHasNoBinaryForm(String group) {
        assertThatThrownBy(() -> find(group))
                .isInstanceOfSatisfying(PropertyFailure.class, failure -> assertThat(failure.status())
                        .isEqualTo(Status.SERIALIZATION_FAILURE));
    }

    @Test
    void withoutTlsThereIsNoneOfIt() {
        exchange.tls = null;

        assertThat(find("connection.mtls")).containsExactly(0);
        ExchangeAttributes.ROWS.stream()
                .map(Attribute::path)
                .filter(path -> path.contains("certificate") || path.contains("tls_") || path.contains("server_name"))
                .forEach(path -> assertThat(find(path)).as(path).isNull());
    }

    @Test
    void aCertificateThatTheServerDidNotAcceptIsNoProof() {
        exchange.tls = new TlsConnection("TLSv1.2", "", null, certificate("client"), false);

        assertThat(find("connection.mtls")).containsExactly(0);
        assertThat(find("connection.requested_server_name")).isNull();
        assertThat(find("connection.subject_local_certificate")).isNull();
        assertThat(text("connection.subject_peer_certificate")).startsWith("OU=edge+CN=client");
    }

    @Test
    void aCertificateMayHaveNoAlternativeNames() {
        exchange.tls = new TlsConnection("TLSv1.3", "", certificate("client"), certificate("bare"), true);

        assertThat(find("connection.dns_san_peer_certificate")).isNull();
        assertThat(find("connection.uri_san_peer_certificate")).isNull();
        assertThat(text("connection.dns_san_local_certificate")).isEqualTo("first.example");
        assertThat(text("connection.uri_san_local_certificate")).isEqualTo("spiffe://example/ns/one");
    }

    @Test
    void whatTheServerLeavesEmptyIsNotFound() {
        exchange.protocol = "";
        exchange.remoteAddress = "";
        exchange.remotePort = -1;
        exchange.localPort = -1;
        exchange.connectionId = -1;

        assertThat(find("request.protocol")).isNull();
        assertThat(find("source.address")).isNull();
        assertThat(find("source.port")).isNull();
        assertThat(text("destination.address")).isEqualTo("2001:db8::1");
        assertThat(find("connection.id")).isNull();
    }

    @Test
    void sizeIsTheDeclaredOneIfThereIs() {
        exchange.request.headers.add("content-length", "5000");
        assertThat(number("request.size")).isEqualTo(5000);

        exchange.request.headers.set("content-length", "many");
        assertThat(number("request.size")).isEqualTo(1000);
    }

    @Test
    void grpcStatusIsFoundInTheHeadersOfAnAnswerWithoutTrailers() {
        exchange.response.trailers = new HeaderMap();
        assertThat(number("response.grpc_status")).isEqualTo(5);

        exchange.response.headers.remove("grpc-status");
        assertThat(find("response.grpc_status")).isNull();
    }

    @Test
    void aResetStreamHasItsFlag() {
        exchange.response.headers = null;
        exchange.reset = true;

        assertThat(number("response.flags")).isEqualTo(8);
    }

    @Test
    void aPathWithoutQueryHasAnEmptyOne() {
        exchange.request.headers.set(":path", "/plain");

        assertThat(find("request.query")).isEmpty();
        assertThat(text("request.url_path")).isEqualTo("/plain");
    }

    private byte[] find(String dotted) {
        return ExchangeAttributes.TABLE.find(exchange, new PropertyPath(List.of(dotted.split("\\.", -1))));
    }

    private String text(String dotted) {
        return new String(find(dotted), ISO_8859_1);
    }

    private long number(String dotted) {
        return ByteBuffer.wrap(find(dotted)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
