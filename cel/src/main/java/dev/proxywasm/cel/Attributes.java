package dev.proxywasm.cel;

import static dev.proxywasm.cel.AttributeType.BOOL;
import static dev.proxywasm.cel.AttributeType.DURATION;
import static dev.proxywasm.cel.AttributeType.INT;
import static dev.proxywasm.cel.AttributeType.STATES;
import static dev.proxywasm.cel.AttributeType.STRING;
import static dev.proxywasm.cel.AttributeType.STRINGS;
import static dev.proxywasm.cel.AttributeType.TIMESTAMP;
import static dev.proxywasm.cel.AttributeType.UINT;

import dev.proxywasm.spi.ForeignCall;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The attributes of the exchange for which a guest evaluates an expression, as variables. A variable is a map of those that the
 * host knows now; others are missing from it, which {@code has(request.id)} tells.
 */
final class Attributes {

    /** Attributes that stand alone. */
    private static final Map<String, AttributeType> SINGLE = Map.of(
            "plugin_name", STRING,
            "plugin_root_id", STRING,
            "plugin_vm_id", STRING,
            "connection_id", UINT,
            "filter_state", STATES,
            "upstream_filter_state", STATES);

    private static final Map<String, Map<String, AttributeType>> GROUPS = Map.of(
            "request", request(),
            "response", response(),
            "source", Map.of("address", STRING, "port", INT),
            "destination", Map.of("address", STRING, "port", INT),
            "connection", connection(),
            "upstream", upstream(),
            "xds", xds());

    private final ForeignCall call;

    Attributes(ForeignCall call) {
        this.call = call;
    }

    /** The value of a variable, or empty if the host does not know it. */
    Optional<Object> variable(String name) {
        Map<String, AttributeType> group = GROUPS.get(name);
        if (group == null) {
            AttributeType single = SINGLE.get(name);
            return single == null ? Optional.empty() : call.property(name).map(single::decode);
        }
        Map<String, Object> known = new HashMap<>();
        group.forEach((attribute, type) ->
                call.property(name, attribute).ifPresent(bytes -> known.put(attribute, type.decode(bytes))));
        return Optional.of(known);
    }

    private static Map<String, AttributeType> request() {
        Map<String, AttributeType> types = strings(
                "path", "url_path", "host", "scheme", "method", "referer", "useragent", "id", "protocol", "query");
        types.put("headers", STRINGS);
        types.put("time", TIMESTAMP);
        types.put("duration", DURATION);
        types.put("size", INT);
        types.put("total_size", INT);
        types.put("headers_bytes", INT);
        return types;
    }

    private static Map<String, AttributeType> response() {
        Map<String, AttributeType> types = strings("code_details");
        for (String name : new String[] {"code", "flags", "grpc_status", "size", "total_size", "headers_bytes"}) {
            types.put(name, INT);
        }
        types.put("headers", STRINGS);
        types.put("trailers", STRINGS);
        types.put("backend_latency", DURATION);
        return types;
    }

    private static Map<String, AttributeType> connection() {
        Map<String, AttributeType> types = certificates();
        types.put("requested_server_name", STRING);
        types.put("termination_details", STRING);
        types.put("id", UINT);
        types.put("mtls", BOOL);
        return types;
    }

    private static Map<String, AttributeType> upstream() {
        Map<String, AttributeType> types = certificates();
        types.put("address", STRING);
        types.put("local_address", STRING);
        types.put("port", INT);
        types.put("request_attempt_count", UINT);
        types.put("num_endpoints", UINT);
        types.put("cx_pool_ready_duration", DURATION);
        return types;
    }

    private static Map<String, AttributeType> xds() {
        Map<String, AttributeType> types =
                strings("cluster_name", "route_name", "virtual_host_name", "filter_chain_name");
        types.put("listener_direction", INT);
        return types;
    }

    private static Map<String, AttributeType> certificates() {
        return strings(
                "tls_version",
                "subject_local_certificate",
                "subject_peer_certificate",
                "dns_san_local_certificate",
                "dns_san_peer_certificate",
                "uri_san_local_certificate",
                "uri_san_peer_certificate",
                "sha256_peer_certificate_digest",
                "peer_certificate",
                "transport_failure_reason");
    }

    private static Map<String, AttributeType> strings(String... names) {
        Map<String, AttributeType> types = new HashMap<>();
        for (String name : names) {
            types.put(name, STRING);
        }
        return types;
    }
}
