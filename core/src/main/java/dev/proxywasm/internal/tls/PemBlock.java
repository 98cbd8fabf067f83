package dev.proxywasm.internal.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One block of a PEM file (RFC 7468): {@code -----BEGIN label-----}, base64, {@code -----END label-----}. What stands between blocks means
 * nothing.
 */
final class PemBlock {

    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    private final String label;
    private final boolean encrypted;
    private final byte[] content;

    private PemBlock(String label, boolean encrypted, byte[] content) {
        this.label = label;
        this.encrypted = encrypted;
        this.content = content;
    }

    /** A file that is not what it should be; the message follows the file's name. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;

        DamagedException(String problem) {
            super(problem);
        }
    }

    /**
     * The blocks of a file.
     *
     * @throws DamagedException if one of them has no end, or is no base64
     */
    static List<PemBlock> all(String text) throws DamagedException {
        List<PemBlock> blocks = new ArrayList<>();
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int labelAt = begin + BEGIN.length();
            int labelEnd = text.indexOf(DASHES, labelAt);
            String label = labelEnd < 0 ? "" : text.substring(labelAt, labelEnd);
            int end = text.indexOf("-----END " + label + DASHES, labelEnd + DASHES.length());
            if (label.isEmpty() || end < 0) {
                throw new DamagedException("is cut off: block " + (blocks.size() + 1) + " has no end");
            }
            blocks.add(block(label, text.substring(labelEnd + DASHES.length(), end), blocks.size() + 1));
            begin = text.indexOf(BEGIN, end);
        }
        return blocks;
    }

    private static PemBlock block(String label, String body, int number) throws DamagedException {
        StringBuilder base64 = new StringBuilder();
        boolean encrypted = label.startsWith("ENCRYPTED ");
        for (String line : body.lines().toList()) {
            // Headers, and the name of a cipher among them, only stand in keys of the old kind.
            if (line.contains(":")) {
                encrypted |= line.contains("ENCRYPTED");
            } else {
                base64.append(line.strip());
            }
        }
        try {
            return new PemBlock(label, encrypted, Base64.getDecoder().decode(base64.toString()));
        } catch (IllegalArgumentException damaged) {
            throw new DamagedException("is damaged: block " + number + " is no base64");
        }
    }

    /** What it says that it is. */
    String label() {
        return label;
    }

    /** Whether a password is needed. */
    boolean isEncrypted() {
        return encrypted;
    }

    /** Decoded; not to be changed. */
    byte[] content() {
        return content;
    }

    boolean isCertificate() {
        return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE");
    }

    boolean isPrivateKey() {
        return label.endsWith("PRIVATE KEY");
    }
}
