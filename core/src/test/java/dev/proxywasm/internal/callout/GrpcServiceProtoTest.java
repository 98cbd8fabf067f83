package dev.proxywasm.internal.callout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcServiceProtoTest {

    @Test
    void readsTheClusterOfAnEnvoyGrpcService() {
        assertThat(cluster("\n\6\n\4auth")).contains("auth");
    }

    @Test
    void passesOtherFieldsBy() {
        String authority = "\22\1a";
        String timeout = "\32\2\10\5";
        String fixed = "\71aaaaaaaa\75aaaa";
        assertThat(cluster(timeout + "\n\7" + "\n\2au" + authority + fixed)).contains("au");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "auth",
                "outbound|80||auth",
                "\n\0",
                "\n\2\n\0",
                "\n\7\n\4auth",
                "\n\6\n\4auth\n",
                "\n\6\n\11auth",
                "\22\6\n\4auth",
                "\0\0",
                "\13\6\n\4auth",
                "\n\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"
            })
    void whatIsNoSuchMessageNamesNoCluster(String bytes) {
        assertThat(cluster(bytes)).isEmpty();
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            assertThat(GrpcServiceProto.clusterName(ByteBuffer.wrap(bytes))).isNotNull();
        }
    }

    private static Optional<String> cluster(String bytes) {
        return GrpcServiceProto.clusterName(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)));
    }
}
