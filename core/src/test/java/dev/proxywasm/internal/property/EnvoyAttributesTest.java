package dev.proxywasm.internal.property;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rows against Envoy's list of attributes: same names, same types, and nothing left out without saying so. */
class EnvoyAttributesTest {

    private static final String ENVOY =
            """
            request.path string
            request.url_path string
            request.host string
            request.scheme string
            request.method string
            request.headers map
            request.referer string
            request.useragent string
            request.time timestamp
            request.id string
            request.protocol string
            request.query string
            request.duration duration
            request.size int
            request.total_size int
            request.headers_bytes int
            response.code int
            response.code_details string
            response.flags int
            response.grpc_status int
            response.headers map
            response.trailers map
            response.headers_bytes int
            response.size int
            response.total_size int
            source.address string
            source.port int
            destination.address string
            destination.port int
            connection.id uint
            connection.mtls bool
            connection.requested_server_name string
            connection.tls_version string
            connection.subject_local_certificate string
            connection.subject_peer_certificate string
            connection.dns_san_local_certificate string
            connection.dns_san_peer_certificate string
            connection.uri_san_local_certificate string
            connection.uri_san_peer_certificate string
            connection.sha256_peer_certificate_digest string
            connection.peer_certificate string
            xds.node message
            xds.cluster_name string
            xds.listener_direction int
            xds.route_name string
            plugin_name string
            plugin_root_id string
            plugin_vm_id string
            connection_id uint
            node message
            cluster_name string
            listener_direction int
            route_name string
            """;

    @Test
    void rowsHaveTheNamesAndTypesOfEnvoy() {
        Map<String, String> envoy =
                ENVOY.lines().map(line -> line.split(" ")).collect(toMap(words -> words[0], words -> words[1]));
        Map<String, String> ours = new TreeMap<>();
        Stream.of(ExchangeAttributes.ROWS, NodeAttributes.ROWS, PluginAttributes.ROWS)
                .flatMap(rows -> rows.stream().map(row -> Map.entry(row.path(), row.type())))
                .forEach(row -> ours.put(row.getKey(), row.getValue().toString()));

        assertThat(ours).containsExactlyInAnyOrderEntriesOf(envoy);
    }
}
