package dev.proxywasm.it.contract;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.http.HttpClient.Version;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every adapter promises on every server, over real sockets.
 *
 * <p>The cases are interfaces, one for each topic. They share one server, and each test uses paths whose plugins no other test breaks. What
 * ran goes into the table of {@link ContractReport}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ContractReport.class)
public abstract class AdapterContract
        implements HeaderCases,
                BodyCases,
                StreamCases,
                LocalResponseCases,
                PauseCases,
                FailureCases,
                ResponseCases,
                EndCases {

    private final String server;
    private final TestServer.Starter starter;
    private final Version version;
    private @Nullable HttpServer upstream;
    private @Nullable Site site;

    /** Over HTTP/1.1; the name of the server is for the table. */
    protected AdapterContract(String server, TestServer.Starter starter) {
        this(server, starter, Version.HTTP_1_1);
    }

    /** Over that version of HTTP. For HTTP/2, the server takes it in clear text, by an upgrade and by prior knowledge. */
    protected AdapterContract(String server, TestServer.Starter starter, Version version) {
        this.server = server;
        this.starter = starter;
        this.version = version;
    }

    @BeforeAll
    final void start() throws Exception {
        HttpServer started = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        upstream = started;
        started.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        started.start();
        site = new Site(starter, Plugins.ofContract(started.getAddress().getPort()), version);
    }

    @AfterAll
    final void stop() {
        Optional.ofNullable(site).ifPresent(Site::close);
        Optional.ofNullable(upstream).ifPresent(server -> server.stop(0));
    }

    @Override
    public final Site site() {
        return Optional.ofNullable(site).orElseThrow();
    }

    final String server() {
        return server;
    }
}
