package dev.proxywasm.it;

import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.it.contract.Application;
import dev.proxywasm.it.contract.Difference;
import dev.proxywasm.it.contract.PageException;
import dev.proxywasm.it.contract.ServletBridge;
import dev.proxywasm.it.contract.TestServer;
import dev.proxywasm.servlet.ProxyWasmFilter;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/** Undertow 2.3 with its servlet container. */
final class UndertowServer implements TestServer {

    static final Set<Difference> DIFFERENCES = Set.of(
            Difference.EXCEPTION_CLEARS_HEADERS,
            Difference.FAILED_RESPONSE_ENDS_WELL,
            Difference.NO_RESPONSE_TRAILERS,
            Difference.SESSION_COOKIE_COMES_LATE);

    private final DeploymentManager deployment;
    private final Undertow undertow;

    UndertowServer(ProxyWasmConfig plugins, Application application) throws Exception {
        this(new ProxyWasmFilter(plugins), application);
    }

    UndertowServer(ProxyWasmFilter filter, Application application) throws Exception {
        this(filter, application, Undertow.builder());
    }

    /** Whose first listener may be there already. */
    UndertowServer(ProxyWasmFilter filter, Application application, Undertow.Builder builder) throws Exception {
        deployment = Servlets.defaultContainer().addDeployment(describe(filter, application));
        deployment.deploy();
        undertow = builder.setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .addHttpListener(0, "localhost")
                .setHandler(Handlers.path().addPrefixPath(CONTEXT, deployment.start()))
                .build();
        undertow.start();
    }

    private static DeploymentInfo describe(ProxyWasmFilter filter, Application application) {
        DeploymentInfo info = Servlets.deployment()
                .setClassLoader(UndertowServer.class.getClassLoader())
                .setContextPath(CONTEXT)
                .setDeploymentName("application")
                .addServlet(Servlets.servlet(
                                "application",
                                Servlet.class,
                                new ImmediateInstanceFactory<>(new ServletBridge(application)))
                        .setAsyncSupported(true)
                        .setMultipartConfig(new MultipartConfigElement(System.getProperty("java.io.tmpdir")))
                        .addMapping("/*"))
                .addErrorPage(Servlets.errorPage(PAGE, STATUS_WITH_PAGE))
                .addErrorPage(Servlets.errorPage(PAGE, PageException.class))
                .addFilter(Servlets.filter(
                                "proxy-wasm", ProxyWasmFilter.class, new ImmediateInstanceFactory<Filter>(filter))
                        .setAsyncSupported(true));
        List.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR)
                .forEach(type -> info.addFilterUrlMapping("proxy-wasm", "/*", type));
        return info;
    }

    @Override
    public int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void stop() throws Exception {
        undertow.stop();
        deployment.stop();
        deployment.undeploy();
    }
}
