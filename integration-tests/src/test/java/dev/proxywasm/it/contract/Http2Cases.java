package dev.proxywasm.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special to HTTP/2: trailers in frames of their own, and a client that begins with it instead of an upgrade. */
public interface Http2Cases extends ContractCases {

    private ContentResponse send(String path, String body, Map<String, String> trailers) throws Exception {
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client()));
        client.start();
        try {
            Request request = client.newRequest(site().uri(path)).method("POST").body(new StringRequestContent(body));
            if (!trailers.isEmpty()) {
                HttpFields.Mutable fields = HttpFields.build();
                trailers.forEach(fields::add);
                request.trailersSupplier(() -> fields);
            }
            return request.send();
        } finally {
            client.stop();
        }
    }

    @Test
    default void answersAClientThatBeginsWithHttp2() throws Exception {
        site().application(call -> call.print(new String(call.body().readAllBytes(), StandardCharsets.UTF_8)));
        ContentResponse response = send("/response-add", "repeat me", Map.of());
        assertThat(response.getVersion()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(response.getContentAsString()).isEqualTo("repeat me");
        assertThat(response.getHeaders().get("x-known")).isEqualTo("of a filter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/pass", "/trailers"})
    default void readsTheTrailersOfARequestOverHttp2(String path) throws Exception {
        site().application(call -> {
            call.body().readAllBytes();
            call.print("trailers: " + new TreeMap<>(call.trailers()));
        });
        ContentResponse response = send(path, "abc", Map.of("x-known", "of the client"));
        String known = path.equals("/trailers") ? "of a filter" : "of the client";
        assertThat(response.getContentAsString()).isEqualTo("trailers: {x-known=" + known + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/pass", "/trailers"})
    default void sendsTheTrailersOfAResponseOverHttp2(String path) throws Exception {
        site().application(call -> {
            call.trailers(() -> Map.of("x-known", "of the application"));
            call.print("application");
        });
        ContentResponse response = send(path, "", Map.of());
        assertThat(response.getContentAsString()).isEqualTo("application");
        String known = path.equals("/trailers") ? "of a filter" : "of the application";
        assertThat(response.getTrailers()).extracting(HttpField::getValue).containsExactly(known);
    }
}
