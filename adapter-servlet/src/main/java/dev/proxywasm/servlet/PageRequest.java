package dev.proxywasm.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request that the page of an error sees: the container's, with the headers as they left the chain, and with the form, which the
 * container no longer has if it went through the chain.
 */
final class PageRequest extends HeaderedRequest {

    private final GuestRequest admitted;

    PageRequest(HttpServletRequest given, GuestRequest admitted) {
        super(admitted.exchange, given, admitted.headers);
        this.admitted = admitted;
    }

    /** A page is asked for by the method that the container says. */
    @Override
    public String getMethod() {
        return ((HttpServletRequest) getRequest()).getMethod();
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return admitted.ownsForm() ? getParameterMap().get(name) : super.getParameterValues(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> query = super.getParameterMap();
        return admitted.ownsForm() ? admitted.withForm(query) : query;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }
}
