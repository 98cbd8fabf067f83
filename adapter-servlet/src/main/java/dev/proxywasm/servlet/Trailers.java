package dev.proxywasm.servlet;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HeaderText;
import java.util.LinkedHashMap;
import java.util.Map;

/** Trailers in the form of the port and in that of the Servlet API, in which a name has one value. */
final class Trailers {

    private Trailers() {}

    static HeaderMap toHeaderMap(Map<String, String> trailers) {
        HeaderMap map = new HeaderMap();
        trailers.forEach((name, value) -> map.add(name, HeaderText.of(value)));
        return map;
    }

    static Map<String, String> toMap(HeaderMap trailers) {
        Map<String, String> map = new LinkedHashMap<>();
        trailers.forEach((name, value) -> map.merge(name, value, (first, next) -> first + ", " + next));
        return map;
    }
}
