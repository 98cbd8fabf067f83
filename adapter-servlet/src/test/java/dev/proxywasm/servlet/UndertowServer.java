package dev.proxywasm.servlet;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;

/** Undertow 2.3. */
final class UndertowServer extends TestServer {

    private final Undertow undertow;

    UndertowServer() throws ServletException {
        DeploymentInfo deployment = Servlets.deployment()
                .setClassLoader(getClass().getClassLoader())
                .setContextPath("/app")
                .setDeploymentName("app")
                .addErrorPage(Servlets.errorPage("/page", STATUS_WITH_PAGE))
                .addFilter(Servlets.filter(
                                "proxy-wasm",
                                ProxyWasmFilter.class,
                                new ImmediateInstanceFactory<Filter>(new ProxyWasmFilter(host)))
                        .setAsyncSupported(true))
                .addServlet(
                        Servlets.servlet("application", Servlet.class, new ImmediateInstanceFactory<Servlet>(servlet()))
                                .addMapping("/*")
                                .setAsyncSupported(true));
        DISPATCHES.forEach(type -> deployment.addFilterUrlMapping("proxy-wasm", "/*", type));
        DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
        manager.deploy();
        undertow = Undertow.builder()
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .addHttpListener(0, "localhost")
                .setHandler(Handlers.path().addPrefixPath("/app", manager.start()))
                .build();
        undertow.start();
    }

    @Override
    boolean keepsHeadersOnExceptions() {
        return false;
    }

    @Override
    boolean cutsConnectionsOnExceptions() {
        return false;
    }

    @Override
    boolean showsSessionCookies() {
        return false;
    }

    @Override
    int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    void stop() {
        undertow.stop();
    }
}
