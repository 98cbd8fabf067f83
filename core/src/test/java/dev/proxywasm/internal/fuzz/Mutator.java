package dev.proxywasm.internal.fuzz;

import java.util.Arrays;
import java.util.Random;

/** Makes bytes from bytes, the same ones from the same seed. */
final class Mutator {

    private static final int[] EDGES = {0, 1, 0x7F, 0x80, 0xFF};

    private final Random random;

    Mutator(long seed) {
        random = new Random(seed);
    }

    /** Any bytes. */
    byte[] random(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** One of several. */
    byte[] choose(byte[]... all) {
        return all[random.nextInt(all.length)];
    }

    /** The same bytes but for a few changes: bits turned, bytes set, runs removed, repeated or put in. */
    byte[] mutate(byte[] whole) {
        byte[] bytes = whole.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) EDGES[random.nextInt(EDGES.length)];
                case 2 -> bytes[at] += (byte) (random.nextInt(9) - 4);
                case 3 -> bytes = replaced(bytes, at, Math.min(bytes.length - at, random.nextInt(9)), new byte[0]);
                case 4 -> bytes = replaced(bytes, at, 0, random(8));
                default ->
                    bytes = replaced(
                            bytes,
                            at,
                            0,
                            Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + random.nextInt(32))));
            }
        }
        return bytes;
    }

    /** The same bytes but for one, which leaves a module valid more often. */
    byte[] nudge(byte[] whole) {
        byte[] bytes = whole.clone();
        bytes[random.nextInt(bytes.length)] += (byte) (random.nextBoolean() ? 1 : -1);
        return bytes;
    }

    private static byte[] replaced(byte[] bytes, int at, int removed, byte[] inserted) {
        byte[] result = new byte[bytes.length - removed + inserted.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(inserted, 0, result, at, inserted.length);
        System.arraycopy(bytes, at + removed, result, at + inserted.length, bytes.length - at - removed);
        return result;
    }
}
