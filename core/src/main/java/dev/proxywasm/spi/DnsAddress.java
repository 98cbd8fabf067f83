package dev.proxywasm.spi;

import java.net.InetAddress;
import java.time.Duration;

/**
 * An address of a name.
 *
 * @param address IPv4 or IPv6
 * @param timeToLive how long it may be used without asking again; whole seconds count
 */
public record DnsAddress(InetAddress address, Duration timeToLive) {}
