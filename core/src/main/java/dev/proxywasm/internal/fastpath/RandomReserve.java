package dev.proxywasm.internal.fastpath;

import dev.proxywasm.internal.engine.HostcallFrame;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Random bytes that nobody has seen: the code in the sandbox gives each to the guest once and erases it. Renewed as a whole, so that none
 * is older than the last renewal. Confined to the VM.
 */
final class RandomReserve implements Supply {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final FastPathRegion region;
    private final byte[] fresh = new byte[FastPathLayout.MAX_RANDOM];
    private final boolean[] wanted;

    RandomReserve(FastPathRegion region, int kinds) {
        this.region = region;
        this.wanted = new boolean[kinds];
    }

    @Override
    public void asked(int kind, HostcallFrame frame) {
        wanted[kind] = true;
    }

    void show(int kind) {
        if (wanted[kind] && region.randomLeft() < FastPathLayout.MAX_RANDOM / 2) {
            RANDOM.nextBytes(fresh);
            region.setRandom(fresh);
            Arrays.fill(fresh, (byte) 0);
        }
    }
}
