package dev.proxywasm.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Requests and responses that wait in a plugin. */
public interface PauseCases extends ContractCases {

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

    @Test
    default void waitsUntilATickResumesTheResponse() throws Exception {
        site().application(call -> call.print("application"));
        HttpResponse<String> response = site().get("/pause-response");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("application");
        assertThat(response.headers().allValues("x-resumed-by")).containsExactly("tick");
    }

    @Test
    default void waitsUntilACalloutResumesTheRequest() throws Exception {
        site().application(call -> call.print(call.header("x-resumed-by")));
        assertThat(site().get("/callout").body()).isEqualTo("callout");
    }

    @Test
    default void resumesARequestWithABodyAfterACallout() throws Exception {
        site().application(call -> call.print(Payload.fingerprint(call.body())));
        byte[] body = Payload.ofSize(300_000);
        assertThat(site().post("/callout", body).body()).isEqualTo(Payload.fingerprint(body));
    }
}
