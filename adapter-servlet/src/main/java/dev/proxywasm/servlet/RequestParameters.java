package dev.proxywasm.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request whose query a filter has changed, or whose form went through the chain: those of the query first, then those
 * of the form.
 */
final class RequestParameters {

    private static final int MAX_FORM_BYTES = 2 * 1024 * 1024;

    private final GuestRequest request;
    private @Nullable Map<String, String[]> parsed;

    RequestParameters(GuestRequest request) {
        this.request = request;
    }

    /** Whether they have been read, and with them a form. */
    boolean areRead() {
        return parsed != null;
    }

    /**
     * All of them; the map cannot be changed.
     *
     * @throws IllegalStateException if the form is larger than 2 MiB or its body cannot be read
     */
    Map<String, String[]> map() {
        Map<String, String[]> map = parsed;
        if (map == null) {
            map = Collections.unmodifiableMap(parse());
            parsed = map;
        }
        return map;
    }

    static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return request.getMethod().equals("POST")
                && type != null
                && ContentType.parse(type).is("application/x-www-form-urlencoded");
    }

    private Map<String, String[]> parse() {
        QueryParameters parameters = new QueryParameters();
        String query = request.getQueryString();
        if (query != null) {
            parameters.add(query, StandardCharsets.UTF_8);
        }
        if (isForm(request) && !request.isBodyTaken()) {
            parameters.add(readForm(), charset());
        }
        return parameters.toMap();
    }

    private String readForm() {
        try (InputStream in = request.openBody()) {
            byte[] form = in.readNBytes(MAX_FORM_BYTES + 1);
            if (form.length > MAX_FORM_BYTES) {
                throw new IllegalStateException("the form is larger than " + MAX_FORM_BYTES
                        + " bytes; read it with getInputStream() instead of as parameters");
            }
            return new String(form, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException("the form of the request cannot be read", e);
        }
    }

    /** A form without a charset is UTF-8, as browsers send it. */
    private Charset charset() {
        String name = request.getCharacterEncoding();
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the form's charset '" + name + "' is not known", e);
        }
    }
}
