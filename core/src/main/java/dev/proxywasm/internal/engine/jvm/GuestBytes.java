package dev.proxywasm.internal.engine.jvm;

import java.util.Arrays;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmRuntimeException;

/**
 * The bytes of a memory, and operations on ranges of them. The lowest, which are all that a typical filter has, lie in one array, so that an
 * access to them is one to that array. It is copied when it grows, and hence has its bound. What lies above are pages that never move: there,
 * to grow needs neither a copy nor a piece of the heap as large as all of the memory.
 *
 * <p>Addresses are never negative, but where an access is outside: no memory reaches to 2 GiB.
 */
abstract class GuestBytes implements Memory {

    private static final int PAGE_SHIFT = 16;
    static final int IN_PAGE = PAGE_SIZE - 1;

    /** As long as the memory, up to its bound. */
    byte[] low = {};

    /** By their index in the memory; none for what lies low. */
    private final byte[][] pages;

    private final int maximumLow;
    private int present;

    /** A memory without a page, of at most that many, of which so many lie low. */
    GuestBytes(int maximum, int maximumLow) {
        this.pages = new byte[maximum][];
        this.maximumLow = maximumLow;
    }

    /** Adds pages, as many as there may be. */
    final void add(int count) {
        int next = present + count;
        int lowBytes = Math.min(next, maximumLow) * PAGE_SIZE;
        if (lowBytes > low.length) {
            low = Arrays.copyOf(low, lowBytes);
        }
        for (int i = Math.max(present, maximumLow); i < next; i++) {
            pages[i] = new byte[PAGE_SIZE];
        }
        present = next;
    }

    /** Lets go of all pages. */
    final void clear() {
        present = 0;
        low = new byte[0];
        Arrays.fill(pages, null);
    }

    @Override
    public final int pages() {
        return present;
    }

    @Override
    public final int maximumPages() {
        return pages.length;
    }

    /** Whether a range lies inside. */
    final boolean contains(int address, int size) {
        return address >= 0 && size >= 0 && (long) address + size <= (long) present * PAGE_SIZE;
    }

    /** Throws what the translator knows as an access outside, unless the range lies inside. */
    final void require(int address, int size) {
        if (!contains(address, size)) {
            throw outside(address, size);
        }
    }

    /** An access outside. */
    final WasmRuntimeException outside(int address, int size) {
        return new WasmRuntimeException("out of bounds memory access: %d bytes at %d of %d pages"
                .formatted(Integer.toUnsignedLong(size), Integer.toUnsignedLong(address), present));
    }

    /** The page of an access of that size that does not lie low. */
    final byte[] page(int address, int size) {
        int index = address >>> PAGE_SHIFT;
        byte[] page = index < pages.length ? pages[index] : null;
        if (page == null) {
            throw outside(address, size);
        }
        return page;
    }

    // A range is gone through part by part, each of which lies in one array.

    private boolean isLow(int address) {
        return address < low.length;
    }

    private byte[] arrayOf(int address) {
        return isLow(address) ? low : pages[address >>> PAGE_SHIFT];
    }

    private int indexOf(int address) {
        return isLow(address) ? address : address & IN_PAGE;
    }

    /** How many bytes from an address on lie in its array. */
    private int from(int address) {
        return isLow(address) ? low.length - address : PAGE_SIZE - (address & IN_PAGE);
    }

    /** How many bytes before an address, which is not the first, lie in one array. */
    private int before(int address) {
        return indexOf(address - 1) + 1;
    }

    @Override
    public void fill(byte value, int from, int to) {
        require(from, to - from);
        for (int at = from; at < to; ) {
            int size = Math.min(to - at, from(at));
            Arrays.fill(arrayOf(at), indexOf(at), indexOf(at) + size, value);
            at += size;
        }
    }

    @Override
    public void copy(int destination, int source, int size) {
        require(destination, size);
        require(source, size);
        if (source < destination && destination - source < size) {
            copyFromTheEnd(destination, source, size);
        } else {
            for (int done = 0; done < size; ) {
                int part = Math.min(size - done, Math.min(from(source + done), from(destination + done)));
                copyPart(destination + done, source + done, part);
                done += part;
            }
        }
    }

    /** Where the source reaches into the destination, its end has to be read before it is written over. */
    private void copyFromTheEnd(int destination, int source, int size) {
        for (int left = size; left > 0; ) {
            int part = Math.min(left, Math.min(before(source + left), before(destination + left)));
            left -= part;
            copyPart(destination + left, source + left, part);
        }
    }

    private void copyPart(int destination, int source, int size) {
        System.arraycopy(arrayOf(source), indexOf(source), arrayOf(destination), indexOf(destination), size);
    }

    @Override
    public final byte[] readBytes(int address, int size) {
        require(address, size);
        byte[] bytes = new byte[size];
        for (int done = 0; done < size; ) {
            int at = address + done;
            int part = Math.min(size - done, from(at));
            System.arraycopy(arrayOf(at), indexOf(at), bytes, done, part);
            done += part;
        }
        return bytes;
    }

    @Override
    public final void write(int address, byte[] bytes, int offset, int size) {
        require(address, size);
        for (int done = 0; done < size; ) {
            int at = address + done;
            int part = Math.min(size - done, from(at));
            System.arraycopy(bytes, offset + done, arrayOf(at), indexOf(at), part);
            done += part;
        }
    }
}
