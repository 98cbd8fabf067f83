package dev.proxywasm;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this server calls itself, for filters that ask a proxy for it (properties {@code node} and {@code xds}). Nothing has to be declared.
 *
 * @param id of this server among others; may be empty
 * @param cluster what it is a part of; may be empty
 * @param metadata texts, numbers, flags, and lists and objects of them; may be empty
 * @param direction whether requests come in from outside or go out
 * @param clusterName of where requests go, which is the application; may be empty
 * @param routeName of the route that requests take; may be empty
 */
public record NodeConfig(
        String id,
        String cluster,
        Map<String, Object> metadata,
        Direction direction,
        String clusterName,
        String routeName) {

    /** Nothing but that requests come in. */
    public static final NodeConfig DEFAULT = new NodeConfig("", "", Map.of(), Direction.INBOUND, "", "");

    /** The way of requests through a proxy. */
    public enum Direction {
        /** Not said. */
        UNSPECIFIED,
        /** From outside to an application. */
        INBOUND,
        /** From an application to others. */
        OUTBOUND;

        /** As filters get it. */
        public int code() {
            return ordinal();
        }
    }

    /**
     * Copies the metadata.
     *
     * @throws IllegalArgumentException naming a member of the metadata that is neither text, number, flag, list nor object
     */
    public NodeConfig {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        metadata.forEach(NodeConfig::check);
    }

    private static void check(Object name, Object value) {
        if (value instanceof Map<?, ?> object) {
            object.forEach((key, member) -> check(name + "." + key, member));
        } else if (value instanceof List<?> list) {
            list.forEach(element -> check(name, element));
        } else if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
            throw new IllegalArgumentException("metadata '" + name
                    + "' is no text, number, flag, list or object; write it as one of these, or leave it out");
        }
    }
}
