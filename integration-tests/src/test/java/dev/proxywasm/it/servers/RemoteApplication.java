package dev.proxywasm.it.servers;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * The application in the WAR: does what the header {@value #BEHAVIOUR} of a request names, since a test cannot hand code to another process.
 * The value is a name, then, after a colon, what the name is about.
 */
public final class RemoteApplication extends HttpServlet {

    static final String BEHAVIOUR = "x-behaviour";

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("/page".equals(request.getServletPath())) {
            response.getWriter().print("page of " + response.getStatus());
            return;
        }
        String[] behaviour =
                Objects.requireNonNullElse(request.getHeader(BEHAVIOUR), "line").split(":", 2);
        String about = behaviour[behaviour.length - 1];
        switch (behaviour[0]) {
            case "line" -> response.getWriter().print(line(request));
            case "header" -> response.getWriter().print(request.getHeader(about));
            case "fingerprint" -> response.getWriter().print(fingerprint(request));
            case "zeros" -> response.getOutputStream().write(new byte[Integer.parseInt(about)]);
            case "respond" -> {
                response.setHeader("x-known", about);
                response.getWriter().print("application");
            }
            case "cookie" -> response.addCookie(new Cookie("one", about));
            case "session" -> response.getWriter().print(request.getSession().isNew());
            case "redirect" -> response.sendRedirect(about);
            case "error" -> response.sendError(Integer.parseInt(about));
            case "throw" -> throw new IllegalStateException("the application fails, as the test wants");
            case "async" -> answerLater(request.startAsync());
            default -> response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    private static String line(HttpServletRequest request) {
        return request.getMethod() + " " + request.getRequestURI() + " " + request.getQueryString() + " "
                + request.getServerName() + ":" + request.getServerPort();
    }

    private static String fingerprint(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        CRC32C checksum = new CRC32C();
        checksum.update(body);
        return body.length + ":" + checksum.getValue();
    }

    private static void answerLater(AsyncContext context) {
        context.start(() -> {
            try {
                context.getResponse().getWriter().print("asynchronous");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                context.complete();
            }
        });
    }
}
