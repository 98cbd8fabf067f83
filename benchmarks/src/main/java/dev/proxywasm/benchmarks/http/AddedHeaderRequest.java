package dev.proxywasm.benchmarks.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request with one header more. */
final class AddedHeaderRequest extends HttpServletRequestWrapper {

    private final String name;
    private final String value;

    AddedHeaderRequest(HttpServletRequest request, String name, String value) {
        super(request);
        this.name = name;
        this.value = value;
    }

    @Override
    public @Nullable String getHeader(String wanted) {
        String present = super.getHeader(wanted);
        return present == null && name.equalsIgnoreCase(wanted) ? value : present;
    }

    @Override
    public Enumeration<String> getHeaders(String wanted) {
        return name.equalsIgnoreCase(wanted) ? with(super.getHeaders(wanted), value) : super.getHeaders(wanted);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return super.getHeader(name) == null ? with(super.getHeaderNames(), name) : super.getHeaderNames();
    }

    private static Enumeration<String> with(Enumeration<String> present, String more) {
        List<String> all = new ArrayList<>(Collections.list(present));
        all.add(more);
        return Collections.enumeration(all);
    }
}
