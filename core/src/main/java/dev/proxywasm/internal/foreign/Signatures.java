package dev.proxywasm.internal.foreign;

import static java.util.Locale.ROOT;

import dev.proxywasm.internal.codec.ProtoFields;
import dev.proxywasm.spi.ForeignCall;
import dev.proxywasm.spi.ForeignFunctionException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Set;

/**
 * {@code verify_signature} and {@code sign}: RSA (PKCS #1 v1.5) and ECDSA over SHA-1 and SHA-2.
 *
 * <p>A message or key that cannot be used is BAD_ARGUMENT. What is wrong with a signature, an unknown hash function included, is told in
 * the result, as in Envoy: it can depend on what a client sent.
 */
final class Signatures {

    private static final Set<String> HASHES = Set.of("sha1", "sha224", "sha256", "sha384", "sha512");

    private Signatures() {}

    /**
     * VerifySignatureArguments: hash_function (1), public_key (2, DER), signature (3), text (4), public_key_pem (5). Gives
     * VerifySignatureResult: result (1), error (2).
     */
    static byte[] verify(ForeignCall call) throws ForeignFunctionException {
        ProtoFields arguments = Messages.arguments(call);
        PublicKey key = Keys.publicKey(arguments.bytes(2), arguments.string(5));
        String error = verify(key, arguments);
        return ProtoFields.writer().bool(1, error.isEmpty()).string(2, error).toByteArray();
    }

    private static String verify(PublicKey key, ProtoFields arguments) {
        try {
            Signature signature = algorithm(arguments.string(1), key);
            signature.initVerify(key);
            signature.update(arguments.bytes(4));
            return signature.verify(arguments.bytes(3)) ? "" : "the signature is not of this text and key";
        } catch (GeneralSecurityException wrong) {
            return "the signature cannot be verified: " + wrong.getMessage();
        }
    }

    /**
     * SignArguments: hash_function (1), private_key (2, DER), text (3), private_key_pem (4). Gives SignResult: result (1), signature (2),
     * error (3).
     */
    static byte[] sign(ForeignCall call) throws ForeignFunctionException {
        ProtoFields arguments = Messages.arguments(call);
        PrivateKey key = Keys.privateKey(arguments.bytes(2), arguments.string(4));
        try {
            Signature signature = algorithm(arguments.string(1), key);
            signature.initSign(key);
            signature.update(arguments.bytes(3));
            return ProtoFields.writer().bool(1, true).bytes(2, signature.sign()).toByteArray();
        } catch (GeneralSecurityException wrong) {
            return ProtoFields.writer()
                    .string(3, "the text cannot be signed: " + wrong.getMessage())
                    .toByteArray();
        }
    }

    private static Signature algorithm(String hash, Key key) throws NoSuchAlgorithmException {
        if (!HASHES.contains(hash)) {
            throw new NoSuchAlgorithmException("hash function '" + hash + "' is not supported");
        }
        String scheme = key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm();
        return Signature.getInstance(hash.toUpperCase(ROOT) + "with" + scheme);
    }
}
