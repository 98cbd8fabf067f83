package dev.proxywasm.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request whose query a filter has changed, or whose body went through the chain: those of the query first, then those
 * of the form. A forward or an include within the application adds to the query for as long as it lasts; the form is read once.
 */
final class RequestParameters {

    private static final int MAX_FORM_BYTES = 2 * 1024 * 1024;

    private final GuestRequest request;
    private @Nullable Map<String, String[]> form;

    RequestParameters(GuestRequest request) {
        this.request = request;
    }

    /** Whether they have been read, and with them a form. */
    boolean areRead() {
        return form != null;
    }

    /** Null if there is none of that name. */
    String @Nullable [] values(String name) {
        return map().get(name);
    }

    /**
     * All of them; the map cannot be changed.
     *
     * @throws IllegalStateException if the form is larger than 2 MiB or its body cannot be read
     */
    Map<String, String[]> map() {
        return withForm(query());
    }

    /** Those of a query, then those of the form; the map cannot be changed. */
    Map<String, String[]> withForm(Map<String, String[]> query) {
        Map<String, String[]> all = new LinkedHashMap<>(query);
        form().forEach((name, values) -> all.merge(name, values, RequestParameters::join));
        return Collections.unmodifiableMap(all);
    }

    private static String[] join(String[] first, String[] second) {
        String[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /** The query of a forward comes first. */
    private Map<String, String[]> query() {
        if (!request.ownsQuery()) {
            return request.containerParameters();
        }
        QueryParameters parameters = new QueryParameters();
        String present = request.getQueryString();
        String own = request.ownQuery();
        if (present != null) {
            parameters.add(present, StandardCharsets.UTF_8);
        }
        if (own != null && !own.equals(present)) {
            parameters.add(own, StandardCharsets.UTF_8);
        }
        return parameters.toMap();
    }

    private Map<String, String[]> form() {
        Map<String, String[]> present = form;
        if (present == null) {
            QueryParameters parameters = new QueryParameters();
            if (request.ownsForm() && !request.isBodyTaken()) {
                parameters.add(readForm(), charset());
            }
            present = parameters.toMap();
            form = present;
        }
        return present;
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
