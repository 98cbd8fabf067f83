package dev.proxywasm.it.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only servlets do with a request besides answering it: dispatches of all kinds, error pages, asynchronous contexts, upgrades. */
public interface DispatchCases extends ContractCases {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void answersFromAnotherThread(boolean wrapped) throws Exception {
        site().servlet((request, response) -> {
            AsyncContext async = wrapped ? request.startAsync(request, response) : request.startAsync();
            async.start(() -> {
                print((HttpServletResponse) async.getResponse(), "asynchronous");
                async.complete();
            });
        });
        HttpResponse<String> response = site().get("/response-add");
        assertThat(response.body()).isEqualTo("asynchronous");
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    default void runsThePluginsOnceThoughTheRequestIsDispatchedTwice() throws Exception {
        site().servlet((request, response) -> {
            if (request.getAttribute("seen") == null) {
                request.setAttribute("seen", true);
                request.startAsync(request, response).dispatch();
            } else {
                response.getWriter().print(Collections.list(request.getHeaders("x-order")));
            }
        });
        HttpResponse<String> response = site().get("/chain");
        assertThat(response.body()).isEqualTo("[first, second]");
        assertThat(response.headers().allValues("x-order")).containsExactly("second", "first");
    }

    @Test
    default void sendsAnErrorPageThroughThePlugins() throws Exception {
        site().servlet((request, response) -> response.sendError(418, "a teapot"));
        HttpResponse<String> response = site().get("/response-replace");
        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    default void forwardsWithinTheApplication() throws Exception {
        site().servlet((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.FORWARD) {
                response.getWriter().print(request.getPathInfo());
            } else {
                response.getWriter().print("dropped");
                request.getRequestDispatcher("/inner").forward(request, response);
            }
        });
        HttpResponse<String> response = site().get("/chain");
        assertThat(response.body()).isEqualTo("/inner");
        assertThat(response.headers().allValues("x-order")).containsExactly("second", "first");
    }

    @Test
    default void includesFromWithinTheApplication() throws Exception {
        site().servlet((request, response) -> {
            response.getWriter().print(request.getDispatcherType() + " ");
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.getRequestDispatcher("/inner").include(request, response);
                response.getWriter().print("end");
            }
        });
        HttpResponse<String> response = site().get("/chain");
        assertThat(response.body()).isEqualTo("REQUEST INCLUDE end");
        assertThat(response.headers().allValues("x-order")).containsExactly("second", "first");
    }

    @Test
    default void becomesAsynchronousTwice() throws Exception {
        site().servlet((request, response) -> {
            Integer round = (Integer) request.getAttribute("round");
            request.setAttribute("round", round == null ? 1 : round + 1);
            if (round == null || round < 2) {
                request.startAsync().dispatch();
            } else {
                response.getWriter().print(round + " " + Collections.list(request.getHeaders("x-order")));
            }
        });
        HttpResponse<String> response = site().get("/chain");
        assertThat(response.body()).isEqualTo("2 [first, second]");
        assertThat(response.headers().allValues("x-order")).containsExactly("second", "first");
    }

    @Test
    default void dispatchesAnAsynchronousRequestToAnotherPath() throws Exception {
        site().servlet((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                response.getWriter().print(request.getPathInfo() + " " + request.getHeader("x-order"));
            } else {
                request.startAsync().dispatch("/elsewhere");
            }
        });
        assertThat(site().get("/chain").body()).isEqualTo("/elsewhere first");
    }

    @Test
    default void answersWhenAnAsynchronousRequestTimesOut() throws Exception {
        site().servlet((request, response) -> {
            AsyncContext context = request.startAsync(request, response);
            context.setTimeout(10);
            context.addListener(new AsyncFailure(event -> {
                HttpServletResponse late =
                        (HttpServletResponse) event.getAsyncContext().getResponse();
                late.setStatus(203);
                print(late, "late");
                event.getAsyncContext().complete();
            }));
        });
        HttpResponse<String> response = site().get("/response-add");
        assertThat(response.statusCode()).isEqualTo(203);
        assertThat(response.body()).isEqualTo("late");
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    default void sendsTheFailureOfAnAsynchronousRequestThroughThePlugins() throws Exception {
        site().servlet((request, response) -> request.startAsync().setTimeout(10));
        assertThat(site().get("/response-add").statusCode()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/pass", "/hold"})
    default void servesListeners(String path) throws Exception {
        byte[] body = Payload.ofSize(300_000);
        site().servlet((request, response) -> EchoListener.start(request, response));
        HttpResponse<byte[]> response = site().send(
                        site().request(path).POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body)),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(Payload.fingerprint(response.body())).isEqualTo(Payload.fingerprint(body));
    }

    @Test
    default void sendsAPageForAnErrorThroughThePlugins() throws Exception {
        site().servlet((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ERROR) {
                response.setContentType("text/plain");
                response.getWriter().print("the page of the application");
            } else {
                response.sendError(TestServer.STATUS_WITH_PAGE);
            }
        });
        HttpResponse<String> response = site().get("/append-response");
        assertThat(response.statusCode()).isEqualTo(TestServer.STATUS_WITH_PAGE);
        assertThat(response.body()).isEqualTo("the page of the application!");
        assertThat(site().get("/response-add").headers().allValues("x-known")).containsExactly("of a filter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/response-add", "/replace-response"})
    default void sendsAPageForAnExceptionThroughThePlugins(String path) throws Exception {
        site().servlet((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ERROR) {
                response.getWriter().print("page");
            } else {
                throw new PageException();
            }
        });
        HttpResponse<String> response = site().get(path);
        assertThat(response.statusCode()).isEqualTo(500);
        if (path.equals("/response-add")) {
            assertThat(response.body()).isEqualTo("page");
            assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
        } else {
            assertThat(response.body()).isEqualTo("replaced");
        }
    }

    @Test
    default void handsAnUpgradedConnectionOver() throws Exception {
        site().servlet((request, response) -> {
            response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
            response.setHeader("Upgrade", "echo");
            response.setHeader("Connection", "Upgrade");
            request.upgrade(EchoUpgrade.class);
        });
        try (Socket socket = site().connect()) {
            socket.getOutputStream()
                    .write("GET /app/chain HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"
                            .getBytes(ISO_8859_1));
            assertThat(Http1Cases.head(socket.getInputStream())).startsWith("HTTP/1.1 101");
            if (!differs(Difference.UPGRADED_CONNECTION_ENDS)) {
                socket.getOutputStream().write("ping".getBytes(ISO_8859_1));
                assertThat(socket.getInputStream().readNBytes(4))
                        .asString(ISO_8859_1)
                        .isEqualTo("ping");
            }
        }
    }

    private static void print(HttpServletResponse response, String text) {
        try {
            response.getWriter().print(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
