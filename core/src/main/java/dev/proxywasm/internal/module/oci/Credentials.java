package dev.proxywasm.internal.module.oci;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a registry wants to know of who pulls; all empty for nobody.
 *
 * @param user a name
 * @param password its password, or a token in place of one
 * @param identityToken what a token server takes in place of both
 * @param registryToken what the registry itself takes
 * @param origin where they are from, for messages
 */
record Credentials(String user, String password, String identityToken, String registryToken, String origin) {

    /** Of a configuration that has none for a registry. */
    static Credentials none(String origin) {
        return new Credentials("", "", "", "", origin);
    }

    boolean hasUser() {
        return !user.isEmpty();
    }

    boolean isEmpty() {
        return !hasUser() && identityToken.isEmpty() && registryToken.isEmpty();
    }

    /** The value of {@code Authorization} for user and password. */
    String basic() {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** To follow "with" in a message. */
    String described() {
        return (isEmpty() ? "no credentials (none for it in " : "the credentials of ")
                + origin
                + (isEmpty() ? ")" : "");
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return described();
    }
}
