package dev.proxywasm.servlet;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * The response that a forwarded request gets: ours, without a way to the container's response behind it.
 *
 * <p>After a forward, Tomcat 11 unwraps down to its own response and drops what is written later, while filters may still hold all of it.
 * Where it does not find its own, it closes the one that it was given, as the Servlet API asks.
 */
final class ForwardedResponse extends HttpServletResponseWrapper {

    /** A wrapper, because Undertow takes nothing else, around a delegate that is none. */
    ForwardedResponse(HttpServletResponse response) {
        super(withoutWayBack(response));
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
