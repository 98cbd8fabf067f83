package dev.proxywasm.samples;

import dev.proxywasm.servlet.ProxyWasmFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/** An application on an embedded Jetty, behind the filters that {@code proxy-wasm.yaml} names. */
public final class QuickStart {

    private QuickStart() {}

    /** Serves until the process ends. The argument is the port, 18080 by default. */
    public static void main(String[] arguments) throws Exception {
        int port = arguments.length == 0 ? 18080 : Integer.parseInt(arguments[0]);
        Server server = start(port);
        System.out.printf("Ready on http://localhost:%d/ (Ctrl-C stops it). In another terminal, try:%n%n", port);
        System.out.printf("  curl -i localhost:%d/%n", port);
        System.out.printf("  curl -i localhost:%d/private%n", port);
        System.out.printf("  curl -i -H 'x-api-key: secret' localhost:%d/private%n%n", port);
        server.join();
    }

    static Server start(int port) throws Exception {
        FilterHolder filter = new FilterHolder(ProxyWasmFilter.class);
        filter.setInitParameter("config", "classpath:proxy-wasm.yaml");
        filter.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        context.addServlet(Greeting.class, "/*");
        Server server = new Server(port);
        server.setHandler(context);
        server.start();
        return server;
    }

    /** The application. */
    public static final class Greeting extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().println("Hello from " + request.getRequestURI());
        }
    }
}
