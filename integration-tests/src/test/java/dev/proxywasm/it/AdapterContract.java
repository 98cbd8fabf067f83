package dev.proxywasm.it;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * What every adapter promises on every server, over real sockets.
 *
 * <p>The cases are interfaces, one for each topic. They share one server, and each test uses paths whose plugins no other test breaks.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AdapterContract
        implements HeaderCases, BodyCases, LocalResponseCases, FailureCases, ResponseCases, ApplicationCases {

    private final TestServer.Starter starter;
    private Site site;

    AdapterContract(TestServer.Starter starter) {
        this.starter = starter;
    }

    @BeforeAll
    void start() throws Exception {
        site = new Site(starter, Plugins.ofContract());
    }

    @AfterAll
    void stop() {
        if (site != null) {
            site.close();
        }
    }

    @Override
    public Site site() {
        return site;
    }
}
