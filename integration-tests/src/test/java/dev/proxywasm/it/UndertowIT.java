package dev.proxywasm.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class UndertowIT extends AdapterContract {
    UndertowIT() {
        super(UndertowServer::new);
    }

    /** Undertow clears all headers before it makes the page of an exception, those of plugins among them. */
    @Override
    @Test
    public void sendsTheErrorOfAnExceptionThroughThePlugins() throws Exception {
        site().application((request, response) -> {
            response.getWriter().print("thrown away");
            throw new IllegalStateException("the application fails, as the test wants");
        });
        HttpResponse<String> response = site().get("/response-replace");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("thrown away");
    }
}
