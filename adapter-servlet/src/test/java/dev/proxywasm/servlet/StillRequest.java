package dev.proxywasm.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A GET request that allocates nothing when it is asked what a filter asks; anything else fails. */
final class StillRequest extends HttpServletRequestWrapper {

    private static final List<String> NAMES =
            List.of("Host", "user-agent", "accept", "accept-encoding", "accept-language", "cookie", "x-request-id");

    private final Values[] values = new Values[NAMES.size()];
    private final Values names = new Values(NAMES);
    private final ServletContext context = unable(ServletContext.class);
    private @Nullable Object attribute;

    StillRequest() {
        super(unable(HttpServletRequest.class));
        Arrays.setAll(values, i -> new Values(List.of("value of " + NAMES.get(i))));
    }

    /** One that has no answers; but a context has no charset of its own. */
    static <T> T unable(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getResponseCharacterEncoding")) {
                        return null;
                    }
                    throw new UnsupportedOperationException(method.toString());
                }));
    }

    /** Makes it a new request. */
    StillRequest again() {
        attribute = null;
        return this;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attribute;
    }

    @Override
    public void setAttribute(String name, Object value) {
        attribute = value;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    @Override
    public String getMethod() {
        return "GET";
    }

    @Override
    public String getScheme() {
        return "http";
    }

    @Override
    public String getProtocol() {
        return "HTTP/1.1";
    }

    @Override
    public String getRequestURI() {
        return "/path";
    }

    @Override
    public @Nullable String getQueryString() {
        return null;
    }

    @Override
    public long getContentLengthLong() {
        return -1;
    }

    @Override
    public @Nullable String getHeader(String name) {
        int at = indexOf(name);
        return at < 0 ? null : values[at].values.get(0);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        int at = indexOf(name);
        return at < 0 ? Collections.emptyEnumeration() : values[at].again();
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return names.again();
    }

    private static int indexOf(String name) {
        for (int i = 0; i < NAMES.size(); i++) {
            if (NAMES.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    @SuppressWarnings("JdkObsolete") // as the Servlet API wants it
    private static final class Values implements Enumeration<String> {
        private final List<String> values;
        private int next;

        Values(List<String> values) {
            this.values = values;
        }

        Values again() {
            next = 0;
            return this;
        }

        @Override
        public boolean hasMoreElements() {
            return next < values.size();
        }

        @Override
        public String nextElement() {
            return values.get(next++);
        }
    }
}
