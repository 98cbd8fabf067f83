package dev.proxywasm.internal.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads private keys that belong to a certificate, which tells of what kind they are.
 *
 * <p>The JDK reads PKCS #8, the block {@code PRIVATE KEY}. {@code RSA PRIVATE KEY} (PKCS #1) and {@code EC PRIVATE KEY} (SEC 1), which
 * cert-manager and older tools write, are the innermost part of that, so they are wrapped:
 *
 * <pre>
 *   SEQUENCE { INTEGER 0, algorithm of the public key, OCTET STRING { key } }
 * </pre>
 */
final class PrivateKeys {

    private static final String PKCS8 = "PRIVATE KEY";
    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 4;

    /** How it is tried whether a key fits; one of another kind shows in the handshake. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private PrivateKeys() {}

    /** Whether a block is in a form that is read. */
    static boolean knows(PemBlock block) {
        return block.label().equals(PKCS8)
                || block.label().equals("RSA " + PKCS8)
                || block.label().equals("EC " + PKCS8);
    }

    /**
     * The key in a block.
     *
     * @throws GeneralSecurityException if it is none of the kind of the public key, or none at all
     */
    static PrivateKey read(PemBlock block, PublicKey publicKey) throws GeneralSecurityException {
        byte[] encoded = block.label().equals(PKCS8) ? block.content() : wrap(block.content(), publicKey);
        return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    /** Whether they are two halves of one key: what the one signs, the other confirms. */
    static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        @Nullable String algorithm = SIGNATURES.get(publicKey.getAlgorithm());
        if (algorithm == null) {
            return true;
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(privateKey);
        signature.update(VERSION_0);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(VERSION_0);
        return signature.verify(signed);
    }

    private static byte[] wrap(byte[] key, PublicKey publicKey) throws InvalidKeyException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(VERSION_0);
        content.writeBytes(algorithm(publicKey));
        content.writeBytes(element(OCTET_STRING, key));
        return element(SEQUENCE, content.toByteArray());
    }

    /** With its parameters, such as the curve: the first element in the encoded form of a public key. */
    private static byte[] algorithm(PublicKey publicKey) throws InvalidKeyException {
        byte[] encoded = publicKey.getEncoded();
        int begin = contentAt(encoded, 0);
        return Arrays.copyOfRange(encoded, begin, contentAt(encoded, begin) + lengthAt(encoded, begin));
    }

    private static int contentAt(byte[] der, int element) {
        int length = der[element + 1];
        return element + 2 + (length < 0 ? length & 0x7f : 0);
    }

    private static int lengthAt(byte[] der, int element) throws InvalidKeyException {
        int length = 0;
        int content = contentAt(der, element);
        if (content == element + 2) {
            return der[element + 1];
        }
        for (int at = element + 2; at < content; at++) {
            length = length << 8 | der[at] & 0xff;
        }
        if (length < 0 || length > der.length - content) {
            throw new InvalidKeyException("the public key is no DER");
        }
        return length;
    }

    /** In DER: tag, length, content. */
    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length < 0x80) {
            element.write(content.length);
        } else {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
            element.write(0x80 | bytes);
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
                element.write(content.length >>> shift);
            }
        }
        element.writeBytes(content);
        return element.toByteArray();
    }
}
