/**
 * HTTP calls over the JDK's own client.
 *
 * <p>Main type: {@link dev.proxywasm.internal.callout.jdk.JdkHttpCallClient}.
 *
 * <p>May depend on {@code http} and {@code spi}.
 */
@NullMarked
package dev.proxywasm.internal.callout.jdk;

import org.jspecify.annotations.NullMarked;
