package dev.proxywasm.internal.fastpath;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Strings for header names and values that a guest writes again and again: the same bytes mostly give the same string, without a new one.
 * Confined to the VM.
 */
final class HeaderStrings {

    private static final int SLOTS = 256;
    private static final int LONGEST = 64;

    private final @Nullable String[] known = new String[SLOTS];

    /** The bytes as a string of ISO-8859-1 characters. */
    String get(ByteBuffer memory, int from, int size) {
        if (size == 0) {
            return "";
        }
        if (size > LONGEST) {
            return make(memory, from, size);
        }
        int slot = slot(memory, from, size);
        String candidate = known[slot];
        if (candidate == null || !isSame(candidate, memory, from, size)) {
            candidate = make(memory, from, size);
            known[slot] = candidate;
        }
        return candidate;
    }

    private static int slot(ByteBuffer memory, int from, int size) {
        int hash = size;
        for (int i = from; i < from + size; i++) {
            hash = 31 * hash + memory.get(i);
        }
        return (hash ^ hash >>> 8 ^ hash >>> 16) & SLOTS - 1;
    }

    private static boolean isSame(String candidate, ByteBuffer memory, int from, int size) {
        if (candidate.length() != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if ((byte) candidate.charAt(i) != memory.get(from + i)) {
                return false;
            }
        }
        return true;
    }

    private static String make(ByteBuffer memory, int from, int size) {
        byte[] bytes = new byte[size];
        memory.get(from, bytes);
        return new String(bytes, ISO_8859_1);
    }
}
