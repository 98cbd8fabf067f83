package dev.proxywasm.internal.tls;

import dev.proxywasm.TlsFiles;
import dev.proxywasm.UpstreamTls;
import dev.proxywasm.spi.ClientTls;
import java.security.GeneralSecurityException;

/** The TLS that is in some files, as it was when they were last read. */
final class FileTls implements UpstreamTls {

    private final TlsFiles files;
    private final MaterialReader reader;
    private TlsMaterial material;
    private volatile ClientTls current;

    /**
     * Reads them.
     *
     * @throws UnusableTlsException if they cannot be used
     */
    FileTls(TlsFiles files, MaterialReader reader) throws UnusableTlsException {
        this.files = files;
        this.reader = reader;
        this.material = reader.read();
        this.current = tls(material);
    }

    /**
     * Reads them again; true if there is something else in them now.
     *
     * @throws UnusableTlsException if they cannot be used; everything stays as it was
     */
    boolean renew() throws UnusableTlsException {
        TlsMaterial now = reader.read();
        if (now.equals(material)) {
            return false;
        }
        current = tls(now);
        material = now;
        return true;
    }

    private ClientTls tls(TlsMaterial read) throws UnusableTlsException {
        try {
            return ClientTls.of(read.context(), files.protocols(), files.ciphers());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnusableTlsException("tls cannot be used: " + e.getMessage(), e);
        }
    }

    /** What was read. Only for the thread that reads. */
    TlsMaterial material() {
        return material;
    }

    @Override
    public ClientTls current() {
        return current;
    }
}
