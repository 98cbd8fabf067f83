package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_0;
import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_1;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.codec.ProtoFields;
import dev.proxywasm.testing.Spec;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInFunctionsTest {

    private final FakeGuest guest = new FakeGuest();

    private Status call(String name, byte[] arguments) {
        return guest.call("proxy_call_foreign_function", guest.text(name), guest.bytes(arguments), RESULT_0, RESULT_1);
    }

    private byte[] returned() {
        return guest.scope.memory.read(guest.u32(RESULT_0), guest.u32(RESULT_1));
    }

    private Status setProperty(String name, String value) {
        return guest.call("proxy_set_property", guest.text(name), guest.text(value));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    @Test
    void clearsARouteCacheThatIsNotThere() {
        assertThat(call("clear_route_cache", new byte[0])).isEqualTo(Status.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"expr_create", "expr_evaluate", "expr_delete"})
    void leavesExpressionsToAModuleOfItsOwn(String name) {
        assertThat(call(name, new byte[4])).isEqualTo(Status.NOT_FOUND);
    }

    @Nested
    class Compression {

        @ParameterizedTest
        @ValueSource(strings = {"", "tea", "teateateateateateateateateateateateateateateatea"})
        void givesBackWhatWasCompressed(String text) {
            assertThat(call("compress", ascii(text))).isEqualTo(Status.OK);
            byte[] compressed = returned();
            assertThat(compressed[0]).as("first byte of a zlib stream").isEqualTo((byte) 0x78);

            assertThat(call("uncompress", compressed)).isEqualTo(Status.OK);
            assertThat(returned()).isEqualTo(ascii(text));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "x", "no stream"})
        @Spec("0.2.1#proxy_call_foreign_function SERIALIZATION_FAILURE")
        void answersSerializationFailureForWhatIsNoStream(String text) {
            assertThat(call("uncompress", ascii(text))).isEqualTo(Status.SERIALIZATION_FAILURE);
        }

        @Test
        void answersSerializationFailureForAStreamThatIsCutOff() {
            call("compress", ascii("teateatea"));
            byte[] whole = returned();

            assertThat(call("uncompress", Arrays.copyOf(whole, whole.length - 1)))
                    .isEqualTo(Status.SERIALIZATION_FAILURE);
        }

        @Test
        void answersSerializationFailureForAStreamThatBlowsUp() throws Exception {
            ByteArrayOutputStream bomb = new ByteArrayOutputStream();
            try (DeflaterOutputStream out = new DeflaterOutputStream(bomb, new Deflater(9))) {
                out.write(new byte[16 * 1024 * 1024 + 1]);
            }

            assertThat(call("uncompress", bomb.toByteArray())).isEqualTo(Status.SERIALIZATION_FAILURE);
            assertThat(guest.scope.allocations).isEmpty();
        }
    }

    @Nested
    class DeclareProperty {

        @Test
        @Spec("0.2.1#proxy_set_property BAD_ARGUMENT")
        void letsAReadOnlyPropertyBeSetOnce() {
            assertThat(declare("tea", true)).isEqualTo(Status.OK);

            assertThat(setProperty("tea", "green")).isEqualTo(Status.OK);
            assertThat(setProperty("tea", "black")).isEqualTo(Status.BAD_ARGUMENT);
            assertThat(guest.scope.context.properties.get("tea")).isEqualTo(ascii("green"));
        }

        @Test
        void letsOtherPropertiesBeSetAgain() {
            assertThat(declare("tea", false)).isEqualTo(Status.OK);

            assertThat(setProperty("tea", "green")).isEqualTo(Status.OK);
            assertThat(setProperty("tea", "black")).isEqualTo(Status.OK);
        }

        @Test
        void answersBadArgumentTheSecondTime() {
            declare("tea", false);

            assertThat(declare("tea", true)).isEqualTo(Status.BAD_ARGUMENT);
        }

        @Test
        void answersBadArgumentForWhatIsNoMessage() {
            assertThat(call("declare_property", new byte[] {8})).isEqualTo(Status.BAD_ARGUMENT);
        }

        @ParameterizedTest
        @CsvSource({"3, 4", "3, -1", "5, 3"})
        void answersBadArgumentForATypeOrSpanThatDoesNotExist(int field, long value) {
            byte[] message =
                    ProtoFields.writer().string(1, "tea").number(field, value).toByteArray();

            assertThat(call("declare_property", message)).isEqualTo(Status.BAD_ARGUMENT);
        }

        private Status declare(String name, boolean readOnly) {
            return call(
                    "declare_property",
                    ProtoFields.writer().string(1, name).bool(2, readOnly).toByteArray());
        }
    }

    @Nested
    class SetFilterState {

        private final byte[] message =
                ProtoFields.writer().string(1, "my.key").string(2, "tea").toByteArray();

        @Test
        void storesWhatCanBeReadAsAProperty() {
            guest.scope.context.maps.put(MapType.HTTP_REQUEST_HEADERS, new HeaderMap());

            assertThat(call("set_envoy_filter_state", message)).isEqualTo(Status.OK);
            assertThat(guest.call("proxy_get_property", guest.text("filter_state\0my.key"), RESULT_0, RESULT_1))
                    .isEqualTo(Status.OK);
            assertThat(guest.returned()).isEqualTo("tea");
        }

        @Test
        void answersNotFoundWithoutAStream() {
            assertThat(call("set_envoy_filter_state", message)).isEqualTo(Status.NOT_FOUND);
        }

        @Test
        void answersBadArgumentForWhatIsNoMessage() {
            assertThat(call("set_envoy_filter_state", new byte[] {8})).isEqualTo(Status.BAD_ARGUMENT);
        }
    }

    @Nested
    class SharedData {

        @Test
        void deletesAKey() {
            guest.call("proxy_set_shared_data", guest.text("tea"), guest.text("green"), 0);

            assertThat(call("delete_shared_data", ascii("tea"))).isEqualTo(Status.OK);
            assertThat(call("delete_shared_data", ascii("tea"))).isEqualTo(Status.NOT_FOUND);
        }

        @Test
        void letsAKeyExpire() {
            guest.call("proxy_set_shared_data", guest.text("tea"), guest.text("green"), 0);

            assertThat(call("expire_shared_data", ascii("\0\0\0\0\0\0\0\0tea"))).isEqualTo(Status.OK);
            assertThat(guest.call("proxy_get_shared_data", guest.text("tea"), RESULT_0, RESULT_1, FakeGuest.RESULT_2))
                    .isEqualTo(Status.NOT_FOUND);
        }

        @Test
        void answersNotFoundForAKeyWithoutValue() {
            assertThat(call("expire_shared_data", ascii("\1\0\0\0\0\0\0\0tea"))).isEqualTo(Status.NOT_FOUND);
        }

        @Test
        @Spec("0.2.1#proxy_call_foreign_function BAD_ARGUMENT")
        void answersBadArgumentWithoutATime() {
            assertThat(call("expire_shared_data", ascii("tea"))).isEqualTo(Status.BAD_ARGUMENT);
        }
    }

    @Nested
    class Signatures {

        @ParameterizedTest
        @CsvSource({"RSA, sha1", "RSA, sha224", "RSA, sha256", "RSA, sha384", "RSA, sha512", "EC, sha256"})
        void verifiesWhatItSigned(String algorithm, String hash) throws Exception {
            KeyPair keys = keys(algorithm);
            ProtoFields signed = signed(hash, keys, "tea");

            assertThat(signed.bool(1)).isTrue();
            assertThat(verified(hash, keys, signed.bytes(2), "tea").bool(1)).isTrue();
        }

        @Test
        void tellsThatASignatureIsWrong() throws Exception {
            KeyPair keys = keys("RSA");
            ProtoFields result =
                    verified("sha256", keys, signed("sha256", keys, "tea").bytes(2), "milk");

            assertThat(result.bool(1)).isFalse();
            assertThat(result.string(2)).contains("not of this text");
        }

        @Test
        void tellsThatAHashFunctionIsNotSupported() throws Exception {
            ProtoFields result = verified("md5", keys("RSA"), new byte[1], "tea");

            assertThat(result.bool(1)).isFalse();
            assertThat(result.string(2)).contains("'md5' is not supported");
            assertThat(signed("md5", keys("RSA"), "tea").string(3)).contains("'md5' is not supported");
        }

        @Test
        void readsKeysAsPemText() throws Exception {
            KeyPair keys = keys("EC");
            byte[] sign = ProtoFields.writer()
                    .string(1, "sha256")
                    .string(3, "tea")
                    .string(4, pem("PRIVATE", keys.getPrivate().getEncoded()))
                    .toByteArray();
            assertThat(call("sign", sign)).isEqualTo(Status.OK);
            byte[] signature = ProtoFields.parse(returned()).bytes(2);
            byte[] verify = ProtoFields.writer()
                    .string(1, "sha256")
                    .bytes(3, signature)
                    .string(4, "tea")
                    .string(5, pem("PUBLIC", keys.getPublic().getEncoded()))
                    .toByteArray();

            assertThat(call("verify_signature", verify)).isEqualTo(Status.OK);
            assertThat(ProtoFields.parse(returned()).bool(1)).isTrue();
        }

        @Test
        void answersBadArgumentForNoKeyAndForTwo() throws Exception {
            byte[] key = keys("RSA").getPublic().getEncoded();
            ProtoFields.Writer both = ProtoFields.writer().bytes(2, key).string(5, pem("PUBLIC", key));

            assertThat(call("verify_signature", new byte[0])).isEqualTo(Status.BAD_ARGUMENT);
            assertThat(call("verify_signature", both.toByteArray())).isEqualTo(Status.BAD_ARGUMENT);
            assertThat(call("sign", new byte[0])).isEqualTo(Status.BAD_ARGUMENT);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "tea",
                    "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
                    "-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----",
                    "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----"
                })
        void answersBadArgumentForAKeyThatCannotBeUsed(String pem) {
            assertThat(call(
                            "verify_signature",
                            ProtoFields.writer().string(5, pem).toByteArray()))
                    .isEqualTo(Status.BAD_ARGUMENT);
            assertThat(call(
                            "verify_signature",
                            ProtoFields.writer().string(2, pem).toByteArray()))
                    .isEqualTo(Status.BAD_ARGUMENT);
        }

        @ParameterizedTest
        @ValueSource(strings = {"sign", "verify_signature"})
        void answersBadArgumentForWhatIsNoMessage(String name) {
            assertThat(call(name, new byte[] {8})).isEqualTo(Status.BAD_ARGUMENT);
        }

        private ProtoFields signed(String hash, KeyPair keys, String text) {
            byte[] message = ProtoFields.writer()
                    .string(1, hash)
                    .bytes(2, keys.getPrivate().getEncoded())
                    .string(3, text)
                    .toByteArray();
            assertThat(call("sign", message)).isEqualTo(Status.OK);
            return ProtoFields.parse(returned());
        }

        private ProtoFields verified(String hash, KeyPair keys, byte[] signature, String text) {
            byte[] message = ProtoFields.writer()
                    .string(1, hash)
                    .bytes(2, keys.getPublic().getEncoded())
                    .bytes(3, signature)
                    .string(4, text)
                    .toByteArray();
            assertThat(call("verify_signature", message)).isEqualTo(Status.OK);
            return ProtoFields.parse(returned());
        }

        private static KeyPair keys(String algorithm) throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(algorithm.equals("EC") ? 256 : 2048);
            return generator.generateKeyPair();
        }

        private static String pem(String kind, byte[] der) {
            return "-----BEGIN " + kind + " KEY-----\n"
                    + new String(Base64.getMimeEncoder().encode(der), ISO_8859_1) + "\n-----END " + kind
                    + " KEY-----\n";
        }
    }
}
