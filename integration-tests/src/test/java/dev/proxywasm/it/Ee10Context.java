package dev.proxywasm.it;

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

/** The application in Jetty's servlet container for EE 10. */
final class Ee10Context {

    private Ee10Context() {}

    static ServletContextHandler of(Application application) {
        ServletContextHandler context = new ServletContextHandler(TestServer.CONTEXT, ServletContextHandler.SESSIONS);
        ServletHolder servlet = new ServletHolder(new ServletBridge(application));
        servlet.setAsyncSupported(true);
        servlet.getRegistration().setMultipartConfig(new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
        context.addServlet(servlet, "/*");
        ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
        pages.addErrorPage(TestServer.STATUS_WITH_PAGE, TestServer.PAGE);
        pages.addErrorPage(PageException.class, TestServer.PAGE);
        context.setErrorHandler(pages);
        return context;
    }

    /** Behind the filter. */
    static ServletContextHandler of(ProxyWasmFilter filter, Application application) {
        ServletContextHandler context = of(application);
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        return context;
    }
}
