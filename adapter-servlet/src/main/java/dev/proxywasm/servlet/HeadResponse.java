package dev.proxywasm.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of the response wrapper that is about status and headers: all of it lands in a {@link ResponseHead}, and after the commit nowhere.
 *
 * <p>Headers that filters in front of this one have set in the container are visible as well.
 */
@SuppressWarnings("MissingOverride")
abstract class HeadResponse extends HttpServletResponseWrapper {

    final ResponseHead head;
    private final HttpServletResponse raw;

    HeadResponse(HttpServletResponse raw, ResponseHead head) {
        super(raw);
        this.raw = raw;
        this.head = head;
    }

    @Override
    public void setStatus(int status) {
        if (!isCommitted()) {
            head.status(status);
        }
    }

    @Override
    public int getStatus() {
        return head.status();
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (!isCommitted()) {
            head.set(name, value);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (!isCommitted()) {
            head.add(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public void setDateHeader(String name, long epochMillis) {
        setHeader(name, HttpDates.format(epochMillis));
    }

    @Override
    public void addDateHeader(String name, long epochMillis) {
        addHeader(name, HttpDates.format(epochMillis));
    }

    @Override
    public boolean containsHeader(String name) {
        return head.get(name) != null || raw.containsHeader(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        String own = head.get(name);
        return own == null ? raw.getHeader(name) : own;
    }

    @Override
    public Collection<String> getHeaders(String name) {
        List<String> own = head.getAll(name);
        if (own.isEmpty()) {
            return raw.getHeaders(name);
        }
        if (!name.equalsIgnoreCase("set-cookie")) {
            return own;
        }
        Set<String> all = new LinkedHashSet<>(own);
        all.addAll(raw.getHeaders(name));
        return all;
    }

    @Override
    public Collection<String> getHeaderNames() {
        return head.names(raw.getHeaderNames());
    }

    @Override
    public void addCookie(Cookie cookie) {
        addHeader("Set-Cookie", Cookies.format(cookie));
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    /** A negative length takes an earlier one back. */
    @Override
    public void setContentLengthLong(long length) {
        setHeader("Content-Length", length < 0 ? null : Long.toString(length));
    }

    @Override
    public void setContentType(@Nullable String type) {
        if (!isCommitted()) {
            head.contentType(type);
        }
    }

    @Override
    public @Nullable String getContentType() {
        String own = head.contentType();
        return own == null ? raw.getContentType() : own;
    }

    @Override
    public void setCharacterEncoding(@Nullable String charset) {
        if (!isCommitted()) {
            head.charset(charset);
        }
    }

    public void setCharacterEncoding(Charset charset) {
        setCharacterEncoding(charset.name());
    }

    @Override
    public String getCharacterEncoding() {
        return head.charset();
    }

    /** The container knows which charset goes with a locale: it is asked by setting the locale there. */
    @Override
    public void setLocale(@Nullable Locale locale) {
        if (isCommitted() || locale == null) {
            return;
        }
        head.locale(locale);
        String before = raw.getCharacterEncoding();
        raw.setLocale(locale);
        String mapped = raw.getCharacterEncoding();
        if (!head.hasCharset() && !Objects.equals(before, mapped)) {
            head.charset(mapped);
        }
    }

    @Override
    public Locale getLocale() {
        Locale own = head.locale();
        return own == null ? raw.getLocale() : own;
    }
}
