package dev.proxywasm.servlet;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HeaderText;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Status and headers that the application has set, kept from the container until the chain releases them. */
final class ResponseHead {

    private static final String CONTENT_TYPE = "content-type";
    private static final int USUAL_HEADERS = 6;

    private final HeaderMap headers = new HeaderMap(USUAL_HEADERS);
    private int status = HttpServletResponse.SC_OK;
    private @Nullable String type;
    private @Nullable String charset;
    private @Nullable Locale locale;
    private Collection<String> overriddenCookies = Set.of();
    private boolean charsetFixed;
    private boolean charsetImplied;

    int status() {
        return status;
    }

    void status(int value) {
        status = value;
    }

    /** The {@code :status}, then the headers, in a map of its own. */
    HeaderMap toMap() {
        HeaderMap map = new HeaderMap(headers.size() + USUAL_HEADERS);
        map.add(":status", Integer.toString(status));
        map.addAll(headers);
        String contentType = contentType();
        if (contentType != null) {
            map.add("Content-Type", HeaderText.of(contentType));
        }
        return map;
    }

    /** A null value removes, as Servlet 6.1 has it; a missing name is ignored, as servers do. */
    void set(@Nullable String name, @Nullable String value) {
        if (name == null || name.isEmpty()) {
            return;
        }
        if (name.equalsIgnoreCase(CONTENT_TYPE)) {
            contentType(value);
        } else if (value == null) {
            headers.remove(name);
        } else {
            headers.set(name, HeaderText.of(value));
        }
    }

    void add(@Nullable String name, @Nullable String value) {
        if (name == null || name.isEmpty() || value == null) {
            return;
        }
        if (name.equalsIgnoreCase(CONTENT_TYPE)) {
            contentType(value);
        } else {
            headers.add(name, HeaderText.of(value));
        }
    }

    @Nullable
    String get(String name) {
        return name.equalsIgnoreCase(CONTENT_TYPE) ? contentType() : headers.get(name);
    }

    List<String> getAll(String name) {
        if (!name.equalsIgnoreCase(CONTENT_TYPE)) {
            return headers.getAll(name);
        }
        String contentType = contentType();
        return contentType == null ? List.of() : List.of(contentType);
    }

    /** Each name once, as it was first spelled, then those of {@code more}. */
    Collection<String> names(Collection<String> more) {
        Set<String> seen = new LinkedHashSet<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < headers.size(); i++) {
            if (seen.add(headers.name(i))) {
                names.add(headers.spelling(i));
            }
        }
        if (type != null && seen.add(CONTENT_TYPE)) {
            names.add("Content-Type");
        }
        more.stream().filter(name -> seen.add(name.toLowerCase(Locale.ROOT))).forEach(names::add);
        return names;
    }

    void remove(String name) {
        headers.remove(name);
    }

    /** Those of the container that the application has replaced, by a Set-Cookie of its own in their place. */
    Collection<String> overriddenCookies() {
        return overriddenCookies;
    }

    void overrideCookies(Collection<String> values) {
        overriddenCookies = Set.copyOf(values);
    }

    void contentType(@Nullable String value) {
        if (value == null) {
            type = null;
            charset = charsetFixed ? charset : null;
            return;
        }
        ContentType parsed = ContentType.parse(value);
        type = parsed.type();
        if (!charsetFixed && parsed.charset() != null) {
            charset = parsed.charset();
        }
    }

    @Nullable
    String contentType() {
        return type == null || charset == null ? type : textWithCharset(type, charset);
    }

    /** JSON that is in UTF-8 because the container writes it so need not say it. */
    private String textWithCharset(String known, String written) {
        ContentType full = new ContentType(known, written);
        boolean obvious = charsetImplied && written.equalsIgnoreCase("UTF-8") && full.is("application/json");
        return obvious ? known : full.text();
    }

    void charset(@Nullable String value) {
        if (!charsetFixed) {
            charset = value;
        }
    }

    /** Null until the application sets one. */
    @Nullable
    String charset() {
        return charset;
    }

    /** From now on characters are written in this charset, which is the application's or, if it has set none, the container's. */
    void fixCharset(String value) {
        charsetImplied = charset == null;
        charset = value;
        charsetFixed = true;
    }

    /** Null until the application sets one. */
    @Nullable
    Locale locale() {
        return locale;
    }

    void locale(Locale value) {
        locale = value;
        headers.set("Content-Language", value.toLanguageTag());
    }

    void clear() {
        headers.clear();
        status = HttpServletResponse.SC_OK;
        type = null;
        charset = null;
        locale = null;
        overriddenCookies = Set.of();
        charsetFixed = false;
        charsetImplied = false;
    }
}
