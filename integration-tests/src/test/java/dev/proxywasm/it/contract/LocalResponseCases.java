package dev.proxywasm.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Answers that a plugin gives in the place of the application, and pauses. */
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
    default void waitsUntilATickResumesTheRequest() throws Exception {
        site().application(call -> call.print(call.header("x-resumed-by")));
        HttpResponse<String> response = site().get("/pause");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("tick");
    }

    @Test
    default void resumesARequestWithABody() throws Exception {
        site().application(call -> call.print(Payload.fingerprint(call.body())));
        byte[] body = Payload.ofSize(100_000);
        assertThat(site().post("/pause", body).body()).isEqualTo(Payload.fingerprint(body));
    }

    @Test
    default void answers504WhereNothingResumesTheRequest() throws Exception {
        site().application(call -> {});
        assertThat(site().get("/pause-for-ever").statusCode()).isEqualTo(504);
        assertThat(site().calls()).isZero();
    }
}
