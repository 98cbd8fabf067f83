package dev.proxywasm.samples.war;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The application; it knows nothing of its filters, they are in the web.xml. */
public final class Greeting extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            response.getWriter().println("There is nothing here.");
        } else if (request.getPathInfo().equals("/missing")) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            response.getWriter().println("Hello from " + request.getRequestURI());
        }
    }
}
