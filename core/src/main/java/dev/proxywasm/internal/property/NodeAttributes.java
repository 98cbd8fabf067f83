package dev.proxywasm.internal.property;

import static dev.proxywasm.internal.property.AttributeType.INT;
import static dev.proxywasm.internal.property.AttributeType.MESSAGE;
import static dev.proxywasm.internal.property.AttributeType.STRING;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.NodeConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy is told of itself, which a host declares in its configuration. Each attribute has two names: below {@code xds}, and alone, as
 * Envoy had it before 1.33 and many filters still ask.
 */
public final class NodeAttributes {

    /** The rows, for documents and tests. */
    static final List<Attribute<NodeConfig>> ROWS = rows();

    /** Finds them by path. */
    public static final AttributeTable<NodeConfig> TABLE = new AttributeTable<>(ROWS);

    private NodeAttributes() {}

    private static List<Attribute<NodeConfig>> rows() {
        List<Attribute<NodeConfig>> rows = new ArrayList<>();
        add(
                rows,
                "node",
                MESSAGE,
                NodeAttributes::node,
                "`envoy.config.core.v3.Node` with `id`, `cluster` and `metadata`");
        add(rows, "listener_direction", INT, node -> node.direction().code(), "0 unspecified, 1 inbound, 2 outbound");
        add(rows, "cluster_name", STRING, node -> text(node.clusterName()), "if declared");
        add(rows, "route_name", STRING, node -> text(node.routeName()), "if declared");
        return List.copyOf(rows);
    }

    private static void add(
            List<Attribute<NodeConfig>> rows,
            String name,
            AttributeType type,
            Function<NodeConfig, @Nullable Object> source,
            String note) {
        boolean isSettled = type != MESSAGE;
        rows.add(new Attribute<>("xds." + name, type, Since.ALWAYS, note, isSettled, source));
        rows.add(new Attribute<>(name, type, Since.ALWAYS, "old name of `xds." + name + "`", isSettled, source));
    }

    /** Nothing at all if nothing was declared, rather than a message without fields. */
    private static @Nullable Object node(NodeConfig node) {
        Map<String, Object> fields = new LinkedHashMap<>();
        putText(fields, "id", node.id());
        putText(fields, "cluster", node.cluster());
        if (!node.metadata().isEmpty()) {
            fields.put("metadata", encodable(node.metadata()));
        }
        return fields.isEmpty() ? null : new PropertyMessage(fields, NodeMessage.encode(node));
    }

    private static void putText(Map<String, Object> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value.getBytes(UTF_8));
        }
    }

    private static byte @Nullable [] text(String value) {
        return value.isEmpty() ? null : value.getBytes(UTF_8);
    }

    /** Values of a protobuf {@code Struct} as guests get them: every number is a double, texts are UTF-8. */
    private static Object encodable(Object value) {
        if (value instanceof String text) {
            return text.getBytes(UTF_8);
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(NodeAttributes::encodable).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> members = new LinkedHashMap<>();
            map.forEach((key, member) -> members.put(key, encodable(member)));
            return members;
        }
        return value;
    }
}
