package dev.proxywasm.internal.property;

import dev.proxywasm.testing.MarkdownTable;
import java.util.List;

/** {@code docs/PROPERTIES.md}, made from the tables of attributes. */
final class PropertiesDocument {

    private static final String INTRODUCTION =
            """
            <!-- Made by PropertiesDocument from the tables in the code; PropertiesDocumentTest says how. Changes by hand are lost. -->

            # Properties

            What `proxy_get_property` answers. A path is its segments, separated by a NUL byte, with or without one at the end; a dot in this
            table stands for the NUL. Names and encodings are those of Envoy's attributes.

            | type | bytes |
            | --- | --- |
            | string | as they are, without terminator |
            | int, uint | 8, little-endian |
            | double | 8, IEEE 754, little-endian |
            | bool | 1: 0 or 1 |
            | timestamp | 8, little-endian: nanoseconds since the Unix epoch |
            | duration | 8, little-endian: nanoseconds |
            | map | serialised pairs, values by this table; a further segment is a key |
            | list | serialised pairs, each element a key with an empty value; a further segment is an index in decimal digits |
            | message | serialised protobuf; a further segment is a field |

            What the host does not know, or does not know yet, is `NOT_FOUND`. What is there and has no bytes, as `request` without a further
            segment, is `SERIALIZATION_FAILURE`.

            ## Of an exchange

            """;

    private static final String SERVER =
            """

            ## Of the server

            Declared by the configuration, below `node`. What is not declared is not found.

            """;

    private static final String STORED =
            """

            ## Stored ones

            `proxy_set_property` stores a value under any path; all plugins of the exchange read it by that path, and by
            `filter_state.wasm.<path>`. The foreign function `set_envoy_filter_state` stores `filter_state.<key>`. `filter_state` and
            `metadata` without further segments are maps of what was stored below. In a root context a value stays with the plugin. Storing
            does not change a property of the tables above. An exchange keeps at most %d values of %d MiB together, with paths of at
            most %d segments; beyond it the answer is `INTERNAL_FAILURE`.

            ## Not known

            There is no upstream but the application in the same process: `upstream.*`, `upstream_filter_state`,
            `response.backend_latency`, `xds.cluster_metadata`, `xds.upstream_host_*`. The server does not tell:
            `connection.transport_failure_reason`, `connection.termination_details`. There are no listeners, filter chains and virtual hosts
            as Envoy has them: the other names below `xds`.
            """;

    private PropertiesDocument() {}

    static String render() {
        return INTRODUCTION
                + table(ExchangeAttributes.ROWS)
                + "\n## Of the plugin\n\n"
                + table(PluginAttributes.ROWS)
                + SERVER
                + table(NodeAttributes.ROWS)
                + STORED.formatted(
                        StoredProperties.MOST_VALUES,
                        StoredProperties.MOST_BYTES / (1024 * 1024),
                        StoredProperties.MOST_SEGMENTS);
    }

    private static <S> MarkdownTable table(List<Attribute<S>> rows) {
        MarkdownTable table = new MarkdownTable("property", "type", "from", "note");
        rows.forEach(row -> table.row(
                "`" + row.path() + "`", row.type().toString(), row.since().toString(), row.note()));
        return table;
    }
}
