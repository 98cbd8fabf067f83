package dev.proxywasm.servlet;

import dev.proxywasm.http.BodilessStatus;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HeaderText;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Headers between the port and the container's own response.
 *
 * <p>What stands in the container already comes from filters in front of this one and from the container: session cookies, for example, as
 * far as it shows them.
 */
final class ContainerHeaders {

    private static final String SET_COOKIE = "set-cookie";

    private ContainerHeaders() {}

    static int status(HeaderMap headers) {
        String status = headers.get(":status");
        return status == null ? HttpServletResponse.SC_OK : Integer.parseInt(status);
    }

    /** Adds what stands in the container and has not been overridden; cookies add up, but for those of {@code overriddenCookies}. */
    static void addTo(HeaderMap headers, HttpServletResponse raw, Collection<String> overriddenCookies) {
        int own = headers.size();
        Collection<String> names = raw.getHeaderNames();
        if (!names.isEmpty()) {
            for (String name : names) {
                addUnlessOverridden(headers, own, name, raw, overriddenCookies);
            }
        }
        String type = raw.getContentType();
        if (type != null) {
            headers.addIfAbsent("Content-Type", type);
        }
    }

    private static void addUnlessOverridden(
            HeaderMap headers, int own, String name, HttpServletResponse raw, Collection<String> overriddenCookies) {
        boolean cookies = name.equalsIgnoreCase(SET_COOKIE);
        if (cookies ? containsFrom(headers, own, SET_COOKIE) : headers.contains(name)) {
            return;
        }
        for (String value : raw.getHeaders(name)) {
            if (!cookies || !overriddenCookies.contains(value)) {
                headers.add(name, HeaderText.of(value));
            }
        }
    }

    /** Of an error response, what says something of the body that it replaces. */
    static void removeContentHeaders(HeaderMap headers) {
        for (String name : List.of("content-type", "content-length", "content-encoding", "content-language")) {
            headers.remove(name);
        }
    }

    /**
     * Makes these the container's.
     *
     * @param all whether a header that is not among them goes away
     */
    static void write(HeaderMap headers, HttpServletResponse raw, boolean all) {
        if (all && raw.getContentType() != null && !headers.contains("content-type")) {
            raw.setContentType(null);
        }
        Collection<String> standing = raw.getHeaderNames();
        boolean fresh = standing.isEmpty();
        if (all && !fresh) {
            removeMissing(headers, raw, standing);
        }
        int status = status(headers);
        raw.setStatus(status);
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (name.equals("content-length")) {
                writeLength(headers.value(i), status, raw);
            } else if (name.equals("content-type")) {
                raw.setContentType(headers.value(i));
            } else if (!HeaderMap.isPseudo(name) && !name.equals("transfer-encoding")) {
                writePair(headers, i, raw, fresh);
            }
        }
    }

    /** Where nothing stands there is nothing to replace. */
    private static void writePair(HeaderMap headers, int index, HttpServletResponse raw, boolean fresh) {
        if (!fresh && isFirst(headers, index)) {
            raw.setHeader(headers.spelling(index), headers.value(index));
        } else {
            raw.addHeader(headers.spelling(index), headers.value(index));
        }
    }

    /** A length that is none is left out, and the container's own counts. */
    private static void writeLength(String value, int status, HttpServletResponse raw) {
        long length = ContentLength.parse(value);
        if (length >= 0 && !BodilessStatus.hasNoLength(status)) {
            raw.setContentLengthLong(length);
        }
    }

    /** A null value removes a header in most containers; where one stays, only a reset removes it, and all others are written again. */
    private static void removeMissing(HeaderMap headers, HttpServletResponse raw, Collection<String> standing) {
        for (String name : missing(headers, standing)) {
            if (!removes(name, raw)) {
                raw.reset();
                return;
            }
        }
    }

    private static List<String> missing(HeaderMap headers, Collection<String> standing) {
        List<String> missing = new ArrayList<>(0);
        for (String name : standing) {
            if (!headers.contains(name)) {
                missing.add(name);
            }
        }
        return missing;
    }

    private static boolean removes(String name, HttpServletResponse raw) {
        try {
            raw.setHeader(name, null);
        } catch (RuntimeException e) {
            // One container refuses null instead of ignoring it: it tells the same, that the header is still there.
            return false;
        }
        return !raw.containsHeader(name);
    }

    private static boolean isFirst(HeaderMap headers, int index) {
        return !containsBefore(headers, index, headers.name(index));
    }

    private static boolean containsBefore(HeaderMap headers, int end, String name) {
        for (int i = 0; i < end; i++) {
            if (headers.name(i).equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean containsFrom(HeaderMap headers, int start, String name) {
        for (int i = start; i < headers.size(); i++) {
            if (headers.name(i).equals(name)) {
                return true;
            }
        }
        return false;
    }
}
