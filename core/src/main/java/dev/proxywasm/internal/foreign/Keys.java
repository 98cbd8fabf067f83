package dev.proxywasm.internal.foreign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.proxywasm.spi.ForeignFunctionException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys that guests hand over: RSA and elliptic curves, as DER (SubjectPublicKeyInfo, PKCS #8) or PEM of the same. */
final class Keys {

    private static final List<String> ALGORITHMS = List.of("RSA", "EC");
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (PUBLIC|PRIVATE) KEY-----([^-]*)-----END \\1 KEY-----");

    private Keys() {}

    /**
     * A public key from either form.
     *
     * @throws ForeignFunctionException BAD_ARGUMENT if both or none are given, or it cannot be used
     */
    static PublicKey publicKey(byte[] der, String pem) throws ForeignFunctionException {
        byte[] bytes = oneOf(der, pem, "PUBLIC");
        return read(factory -> factory.generatePublic(new X509EncodedKeySpec(bytes)), "SubjectPublicKeyInfo");
    }

    /**
     * A private key from either form.
     *
     * @throws ForeignFunctionException BAD_ARGUMENT if both or none are given, or it cannot be used
     */
    static PrivateKey privateKey(byte[] der, String pem) throws ForeignFunctionException {
        byte[] bytes = oneOf(der, pem, "PRIVATE");
        return read(factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(bytes)), "PKCS #8");
    }

    private static byte[] oneOf(byte[] der, String pem, String kind) throws ForeignFunctionException {
        if ((der.length == 0) == pem.isEmpty()) {
            throw Messages.badArgument(
                    "one key is wanted, as DER or as PEM, and " + (pem.isEmpty() ? "none" : "both") + " is there");
        }
        return pem.isEmpty() ? der : unwrap(pem, kind);
    }

    private static byte[] unwrap(String pem, String kind) throws ForeignFunctionException {
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.find() || !matcher.group(1).equals(kind)) {
            throw Messages.badArgument("the key is no PEM text of a " + kind + " KEY");
        }
        try {
            // The MIME decoder skips line ends and whatever else is no base 64; a key that loses bytes so is refused as
            // DER.
            return Base64.getMimeDecoder().decode(matcher.group(2).getBytes(US_ASCII));
        } catch (IllegalArgumentException malformed) {
            throw Messages.badArgument("the key is no PEM text: " + malformed.getMessage());
        }
    }

    /** Tries one algorithm after the other: the key says which is its own. */
    private static <K extends Key> K read(Reader<K> reader, String form) throws ForeignFunctionException {
        GeneralSecurityException last = null;
        for (String algorithm : ALGORITHMS) {
            try {
                return reader.read(KeyFactory.getInstance(algorithm));
            } catch (GeneralSecurityException otherAlgorithm) {
                last = otherAlgorithm;
            }
        }
        throw Messages.badArgument("the key is no RSA or EC key in the form " + form + ": " + last);
    }

    @FunctionalInterface
    private interface Reader<K extends Key> {
        K read(KeyFactory factory) throws GeneralSecurityException;
    }
}
