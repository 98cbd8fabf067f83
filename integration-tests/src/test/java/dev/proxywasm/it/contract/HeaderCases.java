package dev.proxywasm.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and pseudo-headers that a plugin reads, adds, replaces and removes. */
public interface HeaderCases extends ContractCases {

    /** An application that answers the values of a request header, one a line. */
    private static Application answering(String header) {
        return call -> call.print(String.join("\n", call.headers(header)));
    }

    /** An application that sets a response header to some values. */
    private static Application setting(String header, String... values) {
        return call -> List.of(values).forEach(value -> call.addHeader(header, value));
    }

    @Test
    default void addsARequestHeader() throws Exception {
        site().application(answering("x-added"));
        assertThat(site().get("/request-add").body()).isEqualTo("of a filter");
    }

    @Test
    default void addsAValueToARequestHeaderThatIsThere() throws Exception {
        site().application(answering("X-Added"));
        HttpResponse<String> response =
                site().send(site().request("/request-add").header("x-added", "of the client"));
        assertThat(response.body()).isEqualTo("of the client\nof a filter");
    }

    @Test
    default void replacesAllValuesOfARequestHeader() throws Exception {
        site().application(answering("x-known"));
        HttpResponse<String> response = site().send(site().request("/request-replace")
                .header("x-known", "one")
                .header("X-Known", "two"));
        assertThat(response.body()).isEqualTo("of a filter");
    }

    @Test
    default void removesAllValuesOfARequestHeader() throws Exception {
        site().application(call -> call.print(
                call.header("x-known") + " " + call.headerNames().stream().anyMatch("x-known"::equalsIgnoreCase)));
        HttpResponse<String> response = site().send(site().request("/request-remove")
                .header("x-known", "one")
                .header("x-known", "two"));
        assertThat(response.body()).isEqualTo("null false");
    }

    @Test
    default void leavesOtherRequestHeadersAsTheyAre() throws Exception {
        site().application(answering("x-list"));
        HttpResponse<String> response = site().send(
                        site().request("/request-add").header("x-list", "a, b").header("x-list", "c"));
        assertThat(response.body()).isEqualTo("a, b\nc");
    }

    @Test
    default void addsAResponseHeader() throws Exception {
        site().application(call -> {});
        assertThat(site().get("/response-add").headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    default void addsAValueToAResponseHeaderThatIsThere() throws Exception {
        site().application(setting("x-known", "one", "two"));
        assertThat(site().get("/response-add").headers().allValues("x-known"))
                .containsExactly("one", "two", "of a filter");
    }

    @Test
    default void replacesAllValuesOfAResponseHeader() throws Exception {
        site().application(setting("X-Known", "one", "two"));
        assertThat(site().get("/response-replace").headers().allValues("x-known"))
                .containsExactly("of a filter");
    }

    @Test
    default void removesAllValuesOfAResponseHeader() throws Exception {
        site().application(setting("x-known", "one", "two"));
        assertThat(site().get("/response-remove").headers().allValues("x-known"))
                .isEmpty();
    }

    @Test
    default void leavesOtherResponseHeadersAsTheyAre() throws Exception {
        site().application(setting("x-list", "a, b", "c"));
        assertThat(site().get("/response-add").headers().allValues("x-list")).containsExactly("a, b", "c");
    }

    @Test
    default void changesTheStatus() throws Exception {
        site().application(call -> call.print("body"));
        HttpResponse<String> response = site().get("/response-status");
        assertThat(response.statusCode()).isEqualTo(299);
        assertThat(response.body()).isEqualTo("body");
    }

    @Test
    default void sendsARewrittenPathToTheApplication() throws Exception {
        site().application(call -> call.print(call.path() + " " + call.query()));
        assertThat(site().get("/request-path?q=old").body()).isEqualTo("/app/rewritten q=new");
    }

    @Test
    default void changesTheMethod() throws Exception {
        site().application(call -> call.print(call.method()));
        assertThat(site().get("/request-method").body()).isEqualTo("PUT");
    }

    @Test
    default void changesTheAuthority() throws Exception {
        site().application(call -> call.print(call.serverName() + " " + call.serverPort() + " " + call.header("Host")));
        assertThat(site().get("/request-authority").body()).isEqualTo("elsewhere.example 8443 elsewhere.example:8443");
    }

    @Test
    default void runsRequestPluginsForwardsAndResponsePluginsBackwards() throws Exception {
        site().application(answering("x-order"));
        HttpResponse<String> response = site().get("/chain");
        assertThat(response.body()).isEqualTo("first\nsecond");
        assertThat(response.headers().allValues("x-order")).containsExactly("second", "first");
    }

    @Test
    default void changesTheScheme() throws Exception {
        site().application(call -> call.print(call.scheme()));
        assertThat(site().get("/request-scheme").body()).isEqualTo("https");
    }

    @Test
    default void findsARequestHeaderInAnyCase() throws Exception {
        site().application(answering("X-LiSt"));
        HttpResponse<String> response =
                site().send(site().request("/request-add").header("X-lIsT", "a value"));
        assertThat(response.body()).isEqualTo("a value");
    }

    @Test
    default void keepsAnEmptyRequestHeader() throws Exception {
        site().application(call -> call.print("[" + call.header("x-empty") + "]"));
        assertThat(site().send(site().request("/request-add").header("x-empty", ""))
                        .body())
                .isEqualTo("[]");
    }

    @Test
    default void keepsManyHeadersInTheirOrder() throws Exception {
        List<String> values = IntStream.range(0, 60).mapToObj(i -> "value-" + i).toList();
        site().application(call -> {
            values.forEach(value -> call.addHeader("x-list", value));
            call.print(String.join("\n", call.headers("x-list")));
        });
        HttpRequest.Builder request = site().request("/chain");
        values.forEach(value -> request.header("x-list", value));
        HttpResponse<String> response = site().send(request);
        assertThat(response.body().split("\n")).containsExactlyElementsOf(values);
        assertThat(response.headers().allValues("x-list")).containsExactlyElementsOf(values);
    }

    @Test
    default void keepsLongHeaders() throws Exception {
        String value = "v".repeat(5000);
        site().application(call -> call.setHeader("x-long", call.header("x-long") + "!"));
        HttpResponse<String> response = site().send(site().request("/chain").header("x-long", value));
        assertThat(response.headers().allValues("x-long")).containsExactly(value + "!");
    }

    @Test
    default void neverJoinsCookies() throws Exception {
        site().application(call -> {
            call.addHeader("Set-Cookie", "one=1; Expires=Wed, 01 Jan 2031 00:00:00 GMT");
            call.addHeader("Set-Cookie", "two=2");
            call.print(call.header("cookie"));
        });
        HttpResponse<String> response =
                site().send(site().request("/response-add").header("cookie", "a=1; b=2"));
        assertThat(response.body()).isEqualTo("a=1; b=2");
        assertThat(response.headers().allValues("set-cookie"))
                .containsExactly("one=1; Expires=Wed, 01 Jan 2031 00:00:00 GMT", "two=2");
    }

    @Test
    default void removesTheCookiesOfTheApplication() throws Exception {
        site().application(call -> call.addHeader("Set-Cookie", "one=1"));
        assertThat(site().get("/remove-cookies").headers().allValues("set-cookie"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    default void sendsARedirectAsItIs(int status) throws Exception {
        site().application(call -> {
            call.status(status);
            call.setHeader("Location", "https://elsewhere.example/a?b#c");
        });
        HttpResponse<String> response = site().get("/response-add");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().allValues("location")).containsExactly("https://elsewhere.example/a?b#c");
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    default void keepsTheContentTypeAsItIs() throws Exception {
        site().application(call -> {
            call.setHeader("Content-Type", "application/problem+json");
            call.print("{}");
        });
        HttpResponse<String> response = site().get("/pass");
        assertThat(response.headers().allValues("content-type")).containsExactly("application/problem+json");
    }
}
