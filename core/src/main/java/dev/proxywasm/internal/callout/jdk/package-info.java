/**
 * HTTP calls and name resolution over what the JDK has.
 *
 * <p>Main types: {@link dev.proxywasm.internal.callout.jdk.JdkHttpCallClient},
 * {@link dev.proxywasm.internal.callout.jdk.JdkDnsResolver}.
 *
 * <p>May depend on {@code http} and {@code spi}.
 */
@NullMarked
package dev.proxywasm.internal.callout.jdk;

import org.jspecify.annotations.NullMarked;
