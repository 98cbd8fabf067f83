package dev.proxywasm.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guests that misbehave cost one request; the next runs on a new instance. */
public interface FailureCases extends ContractCases {

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            textBlock =
                    """
            t, trap
            l, endless loop
            r, endless recursion
            g, endless growth of memory
            u, call of an unknown import
            T, trap on the response
            """)
    default void answers503ToTheRequestThatItFailsAndTheNextSucceeds(String letter, String what) throws Exception {
        site().application(call -> call.print("application"));
        assertThat(misbehave("/misbehave/" + letter, letter).statusCode())
                .as(what)
                .isEqualTo(503);
        HttpResponse<String> next = site().get("/misbehave/" + letter);
        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(next.body()).isEqualTo("application");
    }

    @Test
    default void letsTheRequestPassWhereThePolicyIsOpen() throws Exception {
        site().application(call -> call.print("application"));
        HttpResponse<String> response = misbehave("/misbehave/open", "t");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("application");
    }

    private HttpResponse<String> misbehave(String path, String how) throws Exception {
        return site().send(site().request(path).header("x-misbehave", how));
    }
}
