package dev.proxywasm.servlet;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * The response that a forwarded request gets on Tomcat: ours, without a way to the container's response behind it.
 *
 * <p>After a forward, Tomcat 11 unwraps down to its own response and drops what is written later, while filters may still hold all of it.
 * Where it does not find its own, it closes the one that it was given, as the Servlet API asks. Other containers do not look for their own
 * then; but Jetty does at an include within the forward, and has to find it.
 */
final class ForwardedResponse extends HttpServletResponseWrapper {

    private static final String TOMCAT = "org.apache.catalina.";

    private ForwardedResponse(HttpServletResponse response) {
        super(withoutWayBack(response));
    }

    /** What to forward to instead of {@code response}. */
    static HttpServletResponse of(HttpServletResponse response) {
        ServletResponse innermost = response;
        while (innermost instanceof ServletResponseWrapper wrapper) {
            innermost = wrapper.getResponse();
        }
        return innermost.getClass().getName().startsWith(TOMCAT) ? new ForwardedResponse(response) : response;
    }

    private static HttpServletResponse withoutWayBack(HttpServletResponse response) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                ForwardedResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> call(response, method, arguments));
    }

    private static Object call(HttpServletResponse response, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(response, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
