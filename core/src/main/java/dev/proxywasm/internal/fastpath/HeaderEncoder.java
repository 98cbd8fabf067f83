package dev.proxywasm.internal.fastpath;

import dev.proxywasm.http.HeaderMap;
import java.util.Arrays;

/** Lays out a header map for the sandbox, first in Java's memory and then in one copy. Reused; confined to the VM. */
final class HeaderEncoder {

    private byte[] bytes = new byte[4096];
    private final int[] sizes = new int[2 * FastPathLayout.MAX_ENTRIES];
    private int pairs;
    private int used;
    private int mapSize;

    /** Takes a map; false if it has too many pairs or bytes to be laid out. */
    boolean encode(HeaderMap map, int room) {
        used = 0;
        mapSize = 4;
        pairs = map.size();
        if (pairs > FastPathLayout.MAX_ENTRIES) {
            return false;
        }
        for (int i = 0; i < pairs; i++) {
            String name = map.name(i);
            String value = map.value(i);
            mapSize += 10 + name.length() + value.length();
            if (mapSize > room / 2) {
                return false;
            }
            sizes[2 * i] = append(name);
            sizes[2 * i + 1] = append(value);
        }
        return used <= room;
    }

    /** Copies what was taken to the region. */
    void place(FastPathRegion region, int type) {
        int at = region.keep(bytes, used);
        for (int i = 0; i < pairs; i++) {
            int value = at + padded(sizes[2 * i]);
            region.setEntry(type, i, at, sizes[2 * i], value, sizes[2 * i + 1]);
            at = value + padded(sizes[2 * i + 1]);
        }
        region.setMap(type, pairs, mapSize);
    }

    /** The low byte of each character is the whole of it, by the contract of {@link HeaderMap}; no other copy does without garbage. */
    @SuppressWarnings("deprecation")
    private int append(String text) {
        int size = text.length();
        int end = used + padded(size);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
        }
        if (size > 0) {
            Arrays.fill(bytes, end - 8, end, (byte) 0);
            text.getBytes(0, size, bytes, used);
        }
        used = end;
        return size;
    }

    private static int padded(int size) {
        return (size + 7) & -8;
    }
}
