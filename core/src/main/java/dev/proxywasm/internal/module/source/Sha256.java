package dev.proxywasm.internal.module.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests, as 64 hexadecimal digits in lower case. */
public final class Sha256 {

    private Sha256() {}

    /** The digest of bytes. */
    public static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Compares a digest with the one that is configured.
     *
     * @param expected in any case; empty for any digest
     * @param what what has the digest: empty for the module itself
     */
    public static void require(String expected, String actual, String what) throws ModuleException {
        if (!expected.isEmpty() && !expected.equalsIgnoreCase(actual)) {
            throw new ModuleException("has " + what + "sha256 " + actual + ", but " + expected
                    + " is configured; if the new module is meant, correct 'sha256'");
        }
    }
}
