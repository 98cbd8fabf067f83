package dev.proxywasm.it.contract;

import dev.proxywasm.ProxyWasmConfig;

/** A real server on a free port of this machine, with one application behind the plugins. */
public interface TestServer {

    /** The context path of the application. */
    String CONTEXT = "/app";

    /** A status for which servlet containers have an error page, at {@link #PAGE}. */
    int STATUS_WITH_PAGE = 410;

    /** Where, within the application, the page of that status and of {@link PageException} is: the application itself makes it. */
    String PAGE = "/page";

    int port();

    void stop() throws Exception;

    /** Starts a server; the application gets every request below {@link #CONTEXT}, of a body of any size. */
    interface Starter {
        TestServer start(ProxyWasmConfig plugins, Application application) throws Exception;
    }
}
