package dev.proxywasm.servlet;

import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty 12.1, ee10. */
final class JettyServer extends TestServer {

    private final Server jetty = new Server(0);

    JettyServer() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/app", ServletContextHandler.SESSIONS);
        FilterHolder filter = new FilterHolder(new ProxyWasmFilter(host));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", DISPATCHES);
        ServletHolder servlet = new ServletHolder(servlet());
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
        ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
        pages.addErrorPage(STATUS_WITH_PAGE, "/page");
        context.setErrorHandler(pages);
        jetty.setHandler(context);
        jetty.start();
    }

    @Override
    int port() {
        return ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
    }

    @Override
    void stop() throws Exception {
        jetty.stop();
    }
}
