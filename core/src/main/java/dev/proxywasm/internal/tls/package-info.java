/**
 * TLS of upstreams that is kept in files.
 *
 * <p>{@link dev.proxywasm.internal.tls.UpstreamTlsStore} is the way in: it has one {@code FileTls} for each {@link dev.proxywasm.TlsFiles},
 * which upstreams keep while what is in the files changes. {@code PemBlock} takes a file apart, {@code PrivateKeys} reads keys,
 * {@code MaterialReader} makes {@code TlsMaterial} of both and says what is wrong with them.
 *
 * <p>May depend on {@code dev.proxywasm}, {@code dev.proxywasm.spi}, {@code dev.proxywasm.internal.files} and the JDK.
 */
@NullMarked
package dev.proxywasm.internal.tls;

import org.jspecify.annotations.NullMarked;
