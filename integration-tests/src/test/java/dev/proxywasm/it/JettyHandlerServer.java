package dev.proxywasm.it;

import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.it.contract.Application;
import dev.proxywasm.it.contract.PageException;
import dev.proxywasm.it.contract.ServletBridge;
import dev.proxywasm.it.contract.TestServer;
import dev.proxywasm.jetty.ProxyWasmHandler;
import jakarta.servlet.MultipartConfigElement;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty 12.1 with the plugins in a handler, above whatever is the application. */
final class JettyHandlerServer implements TestServer {

    private final Server server;

    private JettyHandlerServer(ProxyWasmConfig plugins, Handler application) throws Exception {
        this(new Server(), new ProxyWasmHandler(plugins), application);
    }

    /** A server that has not started, with nothing in it. */
    JettyHandlerServer(Server server, ProxyWasmHandler filters, Handler application) throws Exception {
        this.server = server;
        HttpConfiguration http = new HttpConfiguration();
        server.addConnector(
                new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http)));
        filters.setHandler(application);
        server.setHandler(filters);
        server.start();
    }

    /** Above a plain handler. */
    static TestServer plain(ProxyWasmConfig plugins, Application application) throws Exception {
        return new JettyHandlerServer(plugins, new JettyCallHandler(application));
    }

    /** Above the servlet container of ee10. */
    static TestServer ee10(ProxyWasmConfig plugins, Application application) throws Exception {
        var context = new org.eclipse.jetty.ee10.servlet.ServletContextHandler(CONTEXT, true, false);
        var pages = new org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler();
        pages.addErrorPage(STATUS_WITH_PAGE, PAGE);
        pages.addErrorPage(PageException.class, PAGE);
        context.setErrorHandler(pages);
        var servlet = new org.eclipse.jetty.ee10.servlet.ServletHolder(new ServletBridge(application));
        servlet.setAsyncSupported(true);
        servlet.getRegistration().setMultipartConfig(new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
        context.addServlet(servlet, "/*");
        return new JettyHandlerServer(plugins, context);
    }

    /** Above the servlet container of ee11. */
    static TestServer ee11(ProxyWasmConfig plugins, Application application) throws Exception {
        var context = new org.eclipse.jetty.ee11.servlet.ServletContextHandler(CONTEXT, true, false);
        var pages = new org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler();
        pages.addErrorPage(STATUS_WITH_PAGE, PAGE);
        pages.addErrorPage(PageException.class, PAGE);
        context.setErrorHandler(pages);
        var servlet = new org.eclipse.jetty.ee11.servlet.ServletHolder(new ServletBridge(application));
        servlet.setAsyncSupported(true);
        servlet.getRegistration().setMultipartConfig(new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
        context.addServlet(servlet, "/*");
        return new JettyHandlerServer(plugins, context);
    }

    @Override
    public int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        server.stop();
    }
}
