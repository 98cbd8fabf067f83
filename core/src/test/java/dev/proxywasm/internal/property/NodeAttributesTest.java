package dev.proxywasm.internal.property;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.NodeConfig;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.VmConfig;
import dev.proxywasm.internal.codec.PropertyPath;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAttributesTest {

    private static final NodeConfig NODE =
            new NodeConfig("sidecar~1", "shop", metadata(), NodeConfig.Direction.OUTBOUND, "outbound|80||x", "default");

    private static Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("NAME", "Käse");
        metadata.put("replicas", 3);
        metadata.put("canary", true);
        metadata.put("labels", Map.of("app.kubernetes.io/name", "shop"));
        metadata.put("zones", List.of("a", 2, List.of()));
        metadata.put("empty", "");
        return metadata;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xds\0"})
    void answersUnderOldAndNewNames(String prefix) {
        assertThat(text(prefix + "node\0id")).isEqualTo("sidecar~1");
        assertThat(text(prefix + "node\0cluster")).isEqualTo("shop");
        assertThat(text(prefix + "cluster_name")).isEqualTo("outbound|80||x");
        assertThat(text(prefix + "route_name")).isEqualTo("default");
        assertThat(find(prefix + "listener_direction")).containsExactly(2, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void goesIntoTheMetadata() {
        assertThat(text("node\0metadata\0NAME")).isEqualTo("Käse");
        assertThat(text("node\0metadata\0labels\0app.kubernetes.io/name")).isEqualTo("shop");
        assertThat(find("node\0metadata\0canary")).containsExactly(1);
        assertThat(find("node\0metadata\0empty")).isEmpty();
    }

    @Test
    void everyNumberOfTheMetadataIsADouble() {
        assertThat(asDouble(find("node\0metadata\0replicas"))).isEqualTo(3.0);
    }

    @Test
    void goesIntoListsByIndex() {
        assertThat(text("node\0metadata\0zones\0" + "0")).isEqualTo("a");
        assertThat(asDouble(find("node\0metadata\0zones\0" + "1"))).isEqualTo(2.0);
        assertThat(find("node\0metadata\0zones\0" + "2")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node\0name",
                "node\0metadata\0name",
                "node\0metadata\0zones\0" + "3",
                "node\0metadata\0zones\0-1",
                "node\0metadata\0zones\0+1",
                "node\0metadata\0zones\0",
                "node\0metadata\0zones\0" + "4294967296",
                "node\0id\0x",
                "xds\0cluster_metadata",
                "listener_metadata"
            })
    void isNotFoundBeside(String path) {
        assertThat(find(path)).isNull();
    }

    @Test
    void answersListsAndMapsAsPairs() {
        assertThat(HexFormat.of().formatHex(find("node\0metadata\0zones")))
                .isEqualTo("03000000" + "0100000000000000" + "0800000000000000" + "0000000000000000" + "610000"
                        + "00000000000000400000" + "0000");
        assertThat(new String(find("node\0metadata\0labels"), UTF_8)).endsWith("app.kubernetes.io/name\0shop\0");
    }

    @Test
    void keepsTheCaseOfKeys() {
        assertThat(new String(find("node\0metadata"), UTF_8)).contains("NAME\0Käse\0");
    }

    @Test
    void answersTheNodeAsAMessage() {
        NodeConfig small = new NodeConfig(
                "a", "b", Map.of("k", List.of("v", true, 1, Map.of())), NodeConfig.Direction.INBOUND, "", "");
        byte[] message = NodeAttributes.TABLE.find(small, PropertyPath.parse("node".getBytes(UTF_8)));

        assertThat(HexFormat.of().formatHex(message))
                .isEqualTo(
                        "0a0161" // id
                                + "120162" // cluster
                                + "1a21" // metadata
                                + "0a1f" + "0a016b" // one field, its key
                                + "121a" + "3218" // its value: a list
                                + "0a031a0176" // string
                                + "0a022001" // bool
                                + "0a0911000000000000f03f" // number
                                + "0a022a00" // struct
                        );
    }

    @Test
    void knowsOnlyTheDirectionOfAServerThatDeclaresNothing() {
        assertThat(NodeAttributes.ROWS)
                .filteredOn(row -> row.source().apply(NodeConfig.DEFAULT) != null)
                .extracting(Attribute::path)
                .containsExactly("xds.listener_direction", "listener_direction");
    }

    @Test
    void refusesMetadataThatHasNoForm() {
        assertThatThrownBy(() -> new NodeConfig(
                        "", "", Map.of("a", Map.of("b", List.of(new Object()))), NodeConfig.Direction.INBOUND, "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("metadata 'a.b' is no text");
    }

    @Test
    void namesOfAPluginAreKnownEvenIfEmpty() {
        PluginConfig plugin = PluginConfig.builder("wäf", "x.wasm")
                .vm(new VmConfig("vm", "", Map.of(), List.of()))
                .build();

        assertThat(PluginAttributes.TABLE.find(plugin, path("plugin_name"))).isEqualTo("wäf".getBytes(UTF_8));
        assertThat(PluginAttributes.TABLE.find(plugin, path("plugin_root_id"))).isEmpty();
        assertThat(PluginAttributes.TABLE.find(plugin, path("plugin_vm_id"))).isEqualTo("vm".getBytes(UTF_8));
    }

    private static double asDouble(byte[] bytes) {
        assertThat(bytes).hasSize(8);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getDouble();
    }

    private static byte[] find(String path) {
        return NodeAttributes.TABLE.find(NODE, path(path));
    }

    private static String text(String path) {
        return new String(find(path), UTF_8);
    }

    private static PropertyPath path(String path) {
        return PropertyPath.parse((path + "\0").getBytes(UTF_8));
    }
}
