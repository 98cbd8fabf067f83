package dev.proxywasm.it.contract;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The application as a servlet. It needs to be mapped to {@code /*}, with async-supported. */
public final class ServletBridge extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Application application;

    public ServletBridge(Application application) {
        this.application = application;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            application.handle(new ServletCall(request, response));
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
