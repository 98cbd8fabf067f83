package dev.proxywasm.internal.module.oci;

import dev.proxywasm.internal.module.oci.Json.JsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of JSON, whose members are asked for by the type that they should have; an absent one, or null, is the empty value. */
final class JsonObject {

    private static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, Object> members;

    private JsonObject(Map<String, Object> members) {
        this.members = members;
    }

    static JsonObject of(@Nullable Object value) throws JsonException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new JsonException("expected an object");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((name, member) -> {
            if (member != null) {
                members.put(String.valueOf(name), member);
            }
        });
        return new JsonObject(members);
    }

    Iterable<String> names() {
        return members.keySet();
    }

    String text(String name) throws JsonException {
        Object value = members.getOrDefault(name, "");
        if (!(value instanceof String text)) {
            throw new JsonException("expected a text as '" + name + "'");
        }
        return text;
    }

    /** A whole number; 0 if it is absent. */
    long number(String name) throws JsonException {
        Object value = members.getOrDefault(name, 0.0);
        if (!(value instanceof Double number) || number != Math.rint(number) || Math.abs(number) > 1L << 53) {
            throw new JsonException("expected a whole number as '" + name + "'");
        }
        return number.longValue();
    }

    JsonObject object(String name) throws JsonException {
        Object value = members.get(name);
        return value == null ? EMPTY : of(value);
    }

    List<JsonObject> objects(String name) throws JsonException {
        Object value = members.getOrDefault(name, List.of());
        if (!(value instanceof List<?> list)) {
            throw new JsonException("expected a list as '" + name + "'");
        }
        List<JsonObject> objects = new ArrayList<>();
        for (Object item : list) {
            objects.add(of(item));
        }
        return objects;
    }
}
