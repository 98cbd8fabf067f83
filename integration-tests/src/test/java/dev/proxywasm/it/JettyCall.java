package dev.proxywasm.it;

import dev.proxywasm.it.contract.Application;
import dev.proxywasm.it.contract.Call;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** A request as a plain handler of Jetty gets it. */
final class JettyCall implements Call {

    private final Request request;
    private final Response response;
    private final InputStream in;
    private final OutputStream out;
    private @Nullable Application rest;

    JettyCall(Request request, Response response) {
        this.request = request;
        this.response = response;
        this.in = Content.Source.asInputStream(request);
        this.out = Response.asBufferedOutputStream(request, response);
    }

    /** What goes on in another thread; null if nothing does. */
    @Nullable
    Application rest() {
        Application next = rest;
        rest = null;
        return next;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        return request.getHttpURI().getPath();
    }

    @Override
    public @Nullable String query() {
        return request.getHttpURI().getQuery();
    }

    @Override
    public String scheme() {
        return request.getHttpURI().getScheme();
    }

    @Override
    public String serverName() {
        return Request.getServerName(request);
    }

    @Override
    public int serverPort() {
        return Request.getServerPort(request);
    }

    @Override
    public Collection<String> headerNames() {
        return request.getHeaders().getFieldNamesCollection();
    }

    @Override
    public List<String> headers(String name) {
        return request.getHeaders().getValuesList(name);
    }

    @Override
    public InputStream body() {
        return in;
    }

    @Override
    public Map<String, String> trailers() {
        Map<String, String> trailers = new TreeMap<>();
        HttpFields fields = request.getTrailers();
        if (fields != null) {
            fields.forEach(field -> trailers.put(field.getName().toLowerCase(Locale.ROOT), field.getValue()));
        }
        return trailers;
    }

    @Override
    public void status(int status) {
        response.setStatus(status);
    }

    @Override
    public void setHeader(String name, String value) {
        response.getHeaders().put(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        response.getHeaders().add(name, value);
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public void flush() throws java.io.IOException {
        out.flush();
    }

    @Override
    public void trailers(Supplier<Map<String, String>> fields) {
        response.setTrailersSupplier(() -> {
            HttpFields.Mutable trailers = HttpFields.build();
            fields.get().forEach(trailers::add);
            return trailers;
        });
    }

    @Override
    public void async(Application next) {
        rest = next;
    }
}
