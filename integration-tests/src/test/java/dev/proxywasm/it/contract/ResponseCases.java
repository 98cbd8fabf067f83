package dev.proxywasm.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses of special forms: without a body, of failures, of other threads. */
public interface ResponseCases extends ContractCases {

    @Test
    default void answersHeadWithTheLengthOfTheBody() throws Exception {
        site().application(call -> {
            call.setHeader("Content-Length", "11");
            call.print("application");
        });
        HttpResponse<String> response =
                site().send(site().request("/response-add").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("content-length")).containsExactly("11");
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 205, 304})
    default void sendsNoBodyWithAStatusThatHasNone(int status) throws Exception {
        site().application(call -> call.status(status));
        HttpResponse<String> response = site().get("/response-add");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
        assertThat(response.body()).isEmpty();
    }

    @Test
    default void sendsTheErrorOfAnExceptionThroughThePlugins() throws Exception {
        site().application(call -> {
            call.print("thrown away");
            throw new IllegalStateException("the application fails, as the test wants");
        });
        HttpResponse<String> response = site().get("/response-replace");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("thrown away");
        assertThat(response.headers().allValues("x-known"))
                .isEqualTo(differs(Difference.EXCEPTION_CLEARS_HEADERS) ? List.of() : List.of("of a filter"));
    }

    @Test
    default void answersFromAnotherThread() throws Exception {
        site().application(call -> call.async(rest -> rest.print("asynchronous")));
        HttpResponse<String> response = site().get("/response-add");
        assertThat(response.body()).isEqualTo("asynchronous");
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    default void holdsTheBodyOfAnAsynchronousAnswer() throws Exception {
        site().application(call -> call.async(rest -> rest.print("asynchronous")));
        HttpResponse<String> response = site().get("/replace-response");
        assertThat(response.body()).isEqualTo("replaced");
        assertThat(response.headers().allValues("content-length")).containsExactly("8");
    }

    @Test
    default void seesThePathAndTheQueryAsTheyWereSent() throws Exception {
        site().application(call -> call.print(call.path() + " " + call.query()));
        assertThat(site().get("/request-add/a%20b/%C3%BC?x=%26&y").body())
                .isEqualTo("/app/request-add/a%20b/%C3%BC x=%26&y");
    }

    @Test
    default void listsTheHeaderNamesOfAFilter() throws Exception {
        site().application(call -> call.print(call.headerNames().stream().anyMatch("x-added"::equalsIgnoreCase)));
        assertThat(site().get("/request-add").body()).isEqualTo("true");
    }
}
