package dev.proxywasm.servlet;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HeaderText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The headers that left the chain, as an application asks for them: the Host header is {@code :authority}, pseudo-headers are hidden. */
final class RequestHeaders {

    private static final String HOST = "host";

    private final HeaderMap headers;
    private final HttpServletRequest raw;

    RequestHeaders(HeaderMap headers, HttpServletRequest raw) {
        this.headers = headers;
        this.raw = raw;
    }

    /** A pseudo-header, or what the container had if the chain removed it. */
    String pseudo(String name, String original) {
        String value = headers.get(name);
        return value == null ? original : value;
    }

    /** A null name is the name of no header. */
    @Nullable
    String get(@Nullable String name) {
        if (name == null || HeaderMap.isPseudo(name)) {
            return null;
        }
        return name.equalsIgnoreCase(HOST) ? host() : headers.get(name);
    }

    List<String> getAll(@Nullable String name) {
        if (name == null || HeaderMap.isPseudo(name)) {
            return List.of();
        }
        if (!name.equalsIgnoreCase(HOST)) {
            return headers.getAll(name);
        }
        String host = host();
        return host == null ? List.of() : List.of(host);
    }

    /** Each name once, as it was first spelled. */
    Enumeration<String> names() {
        Set<String> seen = new LinkedHashSet<>();
        List<String> names = new ArrayList<>();
        if (host() != null) {
            seen.add(HOST);
            names.add(HOST);
        }
        for (int i = 0; i < headers.size(); i++) {
            if (!HeaderMap.isPseudo(headers.name(i)) && seen.add(headers.name(i))) {
                names.add(headers.spelling(i));
            }
        }
        return Collections.enumeration(names);
    }

    /** Whether a header is as the client sent it, so that the container's own view of it still holds. */
    boolean isUnchanged(String name) {
        Enumeration<String> before = raw.getHeaders(name);
        for (String value : headers.getAll(name)) {
            if (!before.hasMoreElements()
                    || !HeaderText.of(before.nextElement()).equals(value)) {
                return false;
            }
        }
        return !before.hasMoreElements();
    }

    /** None if the client sent none (HTTP/1.0) and no filter made one. */
    private @Nullable String host() {
        String authority = headers.get(":authority");
        if (raw.getHeader(HOST) == null && authority != null) {
            String implied = new Authority(raw.getServerName(), raw.getServerPort()).text(raw.getScheme());
            return authority.equals(implied) ? null : authority;
        }
        return authority;
    }
}
