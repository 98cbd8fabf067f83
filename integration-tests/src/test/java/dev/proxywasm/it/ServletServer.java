package dev.proxywasm.it;

import dev.proxywasm.it.contract.TestServer;

/** The servers that share one class path, for tests of all of them. */
enum ServletServer {
    JETTY(JettyServer::new),
    TOMCAT(TomcatServer::new),
    UNDERTOW(UndertowServer::new);

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a constructor, which has no state
    private final TestServer.Starter starter;

    ServletServer(TestServer.Starter starter) {
        this.starter = starter;
    }

    TestServer.Starter starter() {
        return starter;
    }
}
