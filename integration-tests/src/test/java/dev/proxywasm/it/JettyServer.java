package dev.proxywasm.it;

import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.it.contract.Application;
import dev.proxywasm.it.contract.PageException;
import dev.proxywasm.it.contract.ServletBridge;
import dev.proxywasm.it.contract.TestServer;
import dev.proxywasm.servlet.ProxyWasmFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty 12.1 with its ee10 servlet container. */
final class JettyServer implements TestServer {

    private final Server server;

    JettyServer(ProxyWasmConfig plugins, Application application) throws Exception {
        this(new ProxyWasmFilter(plugins), application);
    }

    JettyServer(ProxyWasmFilter filter, Application application) throws Exception {
        this(new Server(), filter, application);
    }

    /** A server that has not started, with nothing in it. */
    JettyServer(Server server, ProxyWasmFilter filter, Application application) throws Exception {
        this.server = server;
        HttpConfiguration http = new HttpConfiguration();
        server.addConnector(
                new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http)));
        ServletContextHandler context = new ServletContextHandler(CONTEXT, ServletContextHandler.SESSIONS);
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        ServletHolder servlet = new ServletHolder(new ServletBridge(application));
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
        servlet.getRegistration().setMultipartConfig(new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
        ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
        pages.addErrorPage(STATUS_WITH_PAGE, PAGE);
        pages.addErrorPage(PageException.class, PAGE);
        context.setErrorHandler(pages);
        server.setHandler(context);
        server.start();
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
