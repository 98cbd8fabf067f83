package dev.proxywasm.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Answers that a plugin gives in the place of the application, in every phase. */
public interface LocalResponseCases extends ContractCases {

    @Test
    default void answersInThePlaceOfTheApplication() throws Exception {
        site().application(call -> call.print("application"));
        HttpResponse<String> response = site().get("/deny");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("denied by a filter");
        assertThat(response.headers().allValues("x-denied-by")).containsExactly("wat");
        assertThat(response.headers().allValues("content-length")).containsExactly("18");
        assertThat(site().calls()).isZero();
    }

    @Test
    default void letsThePluginsBeforeItSeeALocalResponse() throws Exception {
        assertThat(site().get("/deny").headers().allValues("x-marked")).containsExactly("1");
    }

    @Test
    default void answersARequestWhoseBodyItDoesNotWant() throws Exception {
        HttpResponse<String> response =
                site().send(site().request("/deny").POST(BodyPublishers.ofByteArray(new byte[100_000])));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("denied by a filter");
    }

    @Test
    default void replacesTheResponseOfTheApplication() throws Exception {
        site().application(call -> {
            call.setHeader("x-secret", "of the application");
            call.print("application");
        });
        HttpResponse<String> response = site().get("/deny-response");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("denied by a filter");
        assertThat(response.headers().firstValue("x-secret")).isEmpty();
        assertThat(site().calls()).isEqualTo(1);
    }

    @Test
    default void answersToTheBodyOfARequest() throws Exception {
        site().application(call -> call.print(call.body().readAllBytes().length));
        HttpResponse<String> response = site().post("/deny-request-body", new byte[1000]);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("denied by a filter");
        assertThat(site().calls()).isZero();
    }

    @Test
    default void letsARequestWithoutABodyPassAPluginThatAnswersBodies() throws Exception {
        site().application(call -> call.print("application"));
        assertThat(site().get("/deny-request-body").body()).isEqualTo("application");
    }

    @Test
    default void answersInThePlaceOfTheBodyOfAResponse() throws Exception {
        site().application(call -> call.print("application"));
        HttpResponse<String> response = site().get("/deny-response-body");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("denied by a filter");
    }

    @Test
    default void answersHead() throws Exception {
        HttpResponse<String> response = site().send(site().request("/deny").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEmpty();
    }
}
