package dev.proxywasm.jetty;

import dev.proxywasm.http.BodilessStatus;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HeaderText;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** Headers and trailers in the form of the port and in Jetty's. */
final class Fields {

    private Fields() {}

    /** Adds fields to a map, but for those of that name. */
    static void addTo(HeaderMap map, HttpFields fields, @Nullable String except) {
        for (HttpField field : fields) {
            String name = field.getName();
            if (!name.isEmpty() && !HeaderMap.isPseudo(name) && !name.equalsIgnoreCase(except)) {
                String value = field.getValue();
                map.add(name, value == null ? "" : HeaderText.of(value));
            }
        }
    }

    /** Trailers as a map. */
    static HeaderMap toMap(HttpFields fields) {
        HeaderMap map = new HeaderMap(fields.size() + 2);
        addTo(map, fields, null);
        return map;
    }

    /** A map as fields, without its pseudo-headers. */
    static HttpFields.Mutable toFields(HeaderMap map) {
        HttpFields.Mutable fields = HttpFields.build();
        for (int i = 0; i < map.size(); i++) {
            if (!HeaderMap.isPseudo(map.name(i))) {
                fields.add(map.spelling(i), map.value(i));
            }
        }
        return fields;
    }

    /** Makes the headers of a map all that a response with that status has. */
    static void replace(HttpFields.Mutable fields, HeaderMap map, int status) {
        fields.clear();
        for (String name : Set.copyOf(fields.getFieldNamesCollection())) {
            if (!map.contains(name)) {
                remove(fields, name);
            }
        }
        write(fields, map, status);
    }

    /** Makes the headers of a map those of a response with that status; others stay. */
    static void write(HttpFields.Mutable fields, HeaderMap map, int status) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < map.size(); i++) {
            String name = map.name(i);
            boolean forbidden = name.equals("transfer-encoding")
                    || (name.equals("content-length") && BodilessStatus.hasNoLength(status));
            if (forbidden) {
                fields.remove(name);
            } else if (!HeaderMap.isPseudo(name) && seen.add(name)) {
                fields.put(map.spelling(i), map.value(i));
            } else if (!HeaderMap.isPseudo(name)) {
                fields.add(map.spelling(i), map.value(i));
            }
        }
    }

    /** Jetty keeps its own Server and Date from being removed, but only in the outer of two maps. */
    private static void remove(HttpFields.Mutable fields, String name) {
        fields.remove(name);
        if (fields.contains(name) && fields instanceof HttpFields.Mutable.Wrapper wrapper) {
            wrapper.getWrapped().remove(name);
        }
    }

    /** Makes a response's fields those that it had before, and Jetty's own. */
    static void restore(HttpFields.Mutable fields, HttpFields before) {
        fields.clear();
        Set<String> present = Set.copyOf(fields.getFieldNamesCollection());
        for (HttpField field : before) {
            if (!present.contains(field.getName())) {
                fields.add(field);
            }
        }
    }
}
