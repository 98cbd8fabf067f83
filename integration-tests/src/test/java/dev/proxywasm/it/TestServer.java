package dev.proxywasm.it;

import dev.proxywasm.ProxyWasmConfig;
import jakarta.servlet.Servlet;

/** A real server on a free port of this machine, with one application behind the plugins. */
interface TestServer {

    /** The context path of the application. */
    String CONTEXT = "/app";

    int port();

    void stop() throws Exception;

    /** Starts a server; the application gets every request below {@link #CONTEXT}. */
    interface Starter {
        TestServer start(ProxyWasmConfig plugins, Servlet application) throws Exception;
    }
}
