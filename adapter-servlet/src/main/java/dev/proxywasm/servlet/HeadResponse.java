package dev.proxywasm.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
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

    private static final String SET_COOKIE = "Set-Cookie";

    final ResponseHead head;
    private final HttpServletRequest request;
    private final HttpServletResponse raw;

    /** Over the container's request and response. */
    HeadResponse(HttpServletRequest request, HttpServletResponse raw, ResponseHead head) {
        super(raw);
        this.request = request;
        this.raw = raw;
        this.head = head;
    }

    /** Whether what the application sets is ignored: the headers are on their way, or it is included by another part of it. */
    private boolean isFixed() {
        return isCommitted() || isIncluded();
    }

    /**
     * Whether the application is within an include. Jetty has a wrapper of its own around this response then, Tomcat puts one between this
     * response and its own, Undertow tells.
     */
    boolean isIncluded() {
        return getResponse() != raw || request.getDispatcherType() == DispatcherType.INCLUDE;
    }

    @Override
    public void setStatus(int status) {
        if (!isFixed()) {
            head.status(status);
        }
    }

    @Override
    public int getStatus() {
        return head.status();
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (isFixed()) {
            return;
        }
        head.set(name, value);
        if (SET_COOKIE.equalsIgnoreCase(name)) {
            head.overrideCookies(raw.getHeaders(SET_COOKIE));
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (!isFixed()) {
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
        if (name.equalsIgnoreCase(SET_COOKIE)) {
            Set<String> all = new LinkedHashSet<>(own);
            all.addAll(raw.getHeaders(name));
            all.removeAll(head.overriddenCookies());
            all.addAll(own);
            return all;
        }
        return own.isEmpty() ? raw.getHeaders(name) : own;
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
        if (!isFixed()) {
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
        if (!isFixed()) {
            head.charset(charset);
        }
    }

    public void setCharacterEncoding(Charset charset) {
        setCharacterEncoding(charset.name());
    }

    @Override
    public String getCharacterEncoding() {
        String own = head.charset();
        return own == null ? impliedCharset() : own;
    }

    /** The container knows which charset goes with a type, where nobody has said one: it is asked by setting the type there. */
    private String impliedCharset() {
        String type = head.contentType();
        if (type == null) {
            return charsetOfContainer();
        }
        String before = raw.getContentType();
        raw.setContentType(type);
        String implied = charsetOfContainer();
        raw.setContentType(before);
        return implied;
    }

    private String charsetOfContainer() {
        String charset = raw.getCharacterEncoding();
        return charset == null ? "ISO-8859-1" : charset;
    }

    /** The container knows which charset goes with a locale: it is asked by setting the locale there. */
    @Override
    public void setLocale(@Nullable Locale locale) {
        if (isFixed() || locale == null) {
            return;
        }
        head.locale(locale);
        String before = raw.getCharacterEncoding();
        raw.setLocale(locale);
        String mapped = raw.getCharacterEncoding();
        if (head.charset() == null && !Objects.equals(before, mapped)) {
            head.charset(mapped);
        }
    }

    @Override
    public Locale getLocale() {
        Locale own = head.locale();
        return own == null ? raw.getLocale() : own;
    }
}
