package dev.proxywasm.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
