package dev.proxywasm.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * Who takes part in a test of TLS.
 *
 * @param server at 127.0.0.1
 * @param caller whom the server may know
 * @param stranger whom neither knows
 */
public record Peers(Certificate server, Certificate caller, Certificate stranger) {

    /** New ones, with their files in a directory. */
    public static Peers in(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        return new Peers(
                Certificate.of(directory, "ip:127.0.0.1"),
                Certificate.of(directory, "dns:caller.example"),
                Certificate.of(directory, "dns:stranger.example"));
    }
}
