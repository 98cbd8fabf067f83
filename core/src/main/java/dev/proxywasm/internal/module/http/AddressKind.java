package dev.proxywasm.internal.module.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/** What an address is to a request for a module. */
enum AddressKind {
    /** Of any server on the internet. */
    PUBLIC,
    /** Of this machine, or of a network that is not the internet's (RFC 1918, RFC 4193, RFC 6598). */
    PRIVATE,
    /** Link-local, a cloud's metadata service elsewhere, or no address of a single host. */
    FORBIDDEN;

    /** Metadata services that are not link-local: of Alibaba Cloud, Oracle Cloud and AWS, and Azure's wire server. */
    private static final Set<InetAddress> METADATA = Set.of(
            literal(100, 100, 100, 200),
            literal(192, 0, 0, 192),
            literal(168, 63, 129, 16),
            literal(0xFD, 0, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54));

    /** Prefixes of IPv6 addresses that have an IPv4 address after them: NAT64 (RFC 6052), 6to4 (RFC 3056), IPv4-compatible. */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};

    private static final byte[] SIX_TO_FOUR = {0x20, 0x02};
    private static final byte[] COMPATIBLE = new byte[12];

    static AddressKind of(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return PRIVATE;
        }
        boolean special = address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress();
        if (special || METADATA.contains(address)) {
            return FORBIDDEN;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? ofIpv4(address, bytes) : ofIpv6(address, bytes);
    }

    private static AddressKind ofIpv4(InetAddress address, byte[] bytes) {
        int first = bytes[0] & 0xFF;
        if (first == 0 || first >= 240) {
            return FORBIDDEN;
        }
        boolean isShared = first == 100 && (bytes[1] & 0xC0) == 64;
        return address.isSiteLocalAddress() || isShared ? PRIVATE : PUBLIC;
    }

    private static AddressKind ofIpv6(InetAddress address, byte[] bytes) {
        if (startsWith(bytes, NAT64) || startsWith(bytes, COMPATIBLE)) {
            return of(ipv4(bytes, 12));
        }
        if (startsWith(bytes, SIX_TO_FOUR)) {
            return of(ipv4(bytes, 2));
        }
        boolean isUniqueLocal = (bytes[0] & 0xFE) == 0xFC;
        return isUniqueLocal || address.isSiteLocalAddress() ? PRIVATE : PUBLIC;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static InetAddress ipv4(byte[] bytes, int start) {
        return literal(bytes[start], bytes[start + 1], bytes[start + 2], bytes[start + 3]);
    }

    private static InetAddress literal(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }
}
