package dev.proxywasm.it.contract;

import dev.proxywasm.ProxyWasmConfig;

/** A real server on a free port of this machine, with one application behind the plugins. */
public interface TestServer {

    /** The context path of the application. */
    String CONTEXT = "/app";

    int port();

    void stop() throws Exception;

    /** Starts a server; the application gets every request below {@link #CONTEXT}, of a body of any size. */
    interface Starter {
        TestServer start(ProxyWasmConfig plugins, Application application) throws Exception;
    }
}
