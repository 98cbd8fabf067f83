package dev.proxywasm.it.contract;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call of a servlet. */
public record ServletCall(HttpServletRequest request, HttpServletResponse response) implements Call {

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        return request.getRequestURI();
    }

    @Override
    public @Nullable String query() {
        return request.getQueryString();
    }

    @Override
    public String scheme() {
        return request.getScheme();
    }

    @Override
    public String serverName() {
        return request.getServerName();
    }

    @Override
    public int serverPort() {
        return request.getServerPort();
    }

    @Override
    public Collection<String> headerNames() {
        return Collections.list(request.getHeaderNames());
    }

    @Override
    public List<String> headers(String name) {
        return Collections.list(request.getHeaders(name));
    }

    @Override
    public InputStream body() throws IOException {
        return request.getInputStream();
    }

    @Override
    public Map<String, String> trailers() {
        return request.isTrailerFieldsReady() ? request.getTrailerFields() : Map.of();
    }

    @Override
    public void status(int status) {
        response.setStatus(status);
    }

    @Override
    public void setHeader(String name, String value) {
        response.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        response.addHeader(name, value);
    }

    @Override
    public OutputStream out() throws IOException {
        return response.getOutputStream();
    }

    @Override
    public void flush() throws IOException {
        response.flushBuffer();
    }

    @Override
    public void trailers(Supplier<Map<String, String>> fields) {
        response.setTrailerFields(fields);
    }

    /** In a thread of the container's own. A failure shows in that the call never ends well. */
    @Override
    public void async(Application rest) {
        AsyncContext context = request.startAsync(request, response);
        context.start(() -> {
            try {
                rest.handle(this);
            } catch (Exception e) {
                throw new IllegalStateException("the asynchronous part of the application failed", e);
            } finally {
                context.complete();
            }
        });
    }
}
