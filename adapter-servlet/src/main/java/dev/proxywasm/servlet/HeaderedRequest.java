package dev.proxywasm.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part of the request wrapper that follows from headers and pseudo-headers.
 *
 * <p>What no filter has changed is asked of the container each time, never remembered: a forward changes it beneath this wrapper.
 */
abstract class HeaderedRequest extends HttpServletRequestWrapper {

    final ServletExchange exchange;
    final RequestHeaders headers;

    HeaderedRequest(ServletExchange exchange, HttpServletRequest raw, RequestHeaders headers) {
        super(raw);
        this.exchange = exchange;
        this.headers = headers;
    }

    @Override
    public String getMethod() {
        return headers.pseudo(":method", exchange.method());
    }

    @Override
    public String getScheme() {
        return headers.pseudo(":scheme", exchange.scheme());
    }

    @Override
    public boolean isSecure() {
        return hasNewScheme() ? getScheme().equals("https") : super.isSecure();
    }

    @Override
    public String getServerName() {
        return hasNewAuthority() ? authority().host() : super.getServerName();
    }

    @Override
    public int getServerPort() {
        return hasNewAuthority() ? authority().portOr(getScheme()) : super.getServerPort();
    }

    @Override
    public StringBuffer getRequestURL() {
        if (!hasNewAuthority() && !hasNewScheme()) {
            return super.getRequestURL();
        }
        String host = new Authority(getServerName(), getServerPort()).text(getScheme());
        return new StringBuffer(getScheme()).append("://").append(host).append(getRequestURI());
    }

    private boolean hasNewScheme() {
        return !getScheme().equals(exchange.scheme());
    }

    private boolean hasNewAuthority() {
        return !headers.pseudo(":authority", exchange.authority()).equals(exchange.authority());
    }

    private Authority authority() {
        return Authority.parse(headers.pseudo(":authority", exchange.authority()));
    }

    @Override
    public @Nullable String getHeader(@Nullable String name) {
        return headers.get(name);
    }

    @Override
    public Enumeration<String> getHeaders(@Nullable String name) {
        return Collections.enumeration(headers.getAll(name));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return headers.names();
    }

    @Override
    public int getIntHeader(String name) {
        String value = headers.get(name);
        return value == null ? -1 : Integer.parseInt(value.trim());
    }

    @Override
    public long getDateHeader(String name) {
        String value = headers.get(name);
        return value == null ? -1 : HttpDates.parse(value);
    }

    @Override
    public @Nullable String getContentType() {
        return headers.get("content-type");
    }

    @Override
    public int getContentLength() {
        long length = getContentLengthLong();
        return length > Integer.MAX_VALUE ? -1 : (int) length;
    }

    @Override
    public long getContentLengthLong() {
        return ContentLength.parse(headers.get("content-length"));
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        return headers.isUnchanged("cookie") ? super.getCookies() : Cookies.parse(headers.getAll("cookie"));
    }

    @Override
    public Locale getLocale() {
        return headers.isUnchanged("accept-language")
                ? super.getLocale()
                : locales().get(0);
    }

    @Override
    public Enumeration<Locale> getLocales() {
        return headers.isUnchanged("accept-language") ? super.getLocales() : Collections.enumeration(locales());
    }

    private List<Locale> locales() {
        return AcceptedLocales.parse(headers.getAll("accept-language"));
    }
}
