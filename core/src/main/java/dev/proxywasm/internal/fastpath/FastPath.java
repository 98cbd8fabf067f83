package dev.proxywasm.internal.fastpath;

import dev.proxywasm.Limits;
import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.context.GuestBuffer;
import dev.proxywasm.internal.engine.HostcallFrame;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.wasm.Import;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Java side of the fast path of one VM.
 *
 * <p>Around an entry into the guest: {@link #enter}, {@link #leave}. Around each hostcall that crosses: {@link #beforeHostcall}, which does
 * what the code in the sandbox noted until then, and {@link #afterHostcall}, which shows it what the hostcall changed.
 *
 * <p>Laying things out costs time too, so only what guests of this plugin ask for in a kind of callback is laid out for it: the first
 * question crosses, and is remembered. Confined to the VM.
 */
public final class FastPath {

    private static final MapType[] MAPS = MapType.values();
    private static final BufferType[] BUFFERS = BufferType.values();
    private static final LogLevel[] LEVELS = LogLevel.values();
    private static final int MAX_BUFFER = 16 * 1024;
    private static final int LEAST_FREE = 48 * 1024;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final FastPathRegion region;
    private final FastPathLog log;
    private final Question[] questions;
    private final InstantSource clock;
    private final HeaderStrings strings = new HeaderStrings();
    private final HeaderEncoder encoder = new HeaderEncoder();
    private final @Nullable HeaderMap[] shown = new HeaderMap[FastPathRegion.MAP_COUNT];
    private final int[] shownVersions = new int[FastPathRegion.MAP_COUNT];
    private final boolean[] fits = new boolean[FastPathRegion.MAP_COUNT];
    private final int[] wanted;
    private final boolean inUse;
    private @Nullable Context context;
    private int kind;
    private boolean buffersChanged;

    /**
     * The fast path of an instance; one without a sandbox of the host's own crosses for everything.
     *
     * @param imports the functions that the guest imports
     * @param kinds how many kinds of entries there are
     * @param version decides how a header that is not there is answered
     * @param log takes the guest's lines
     */
    public FastPath(
            WasmInstance instance,
            List<Import> imports,
            int kinds,
            AbiVersion version,
            Limits limits,
            InstantSource clock,
            FastPathLog log) {
        this.inUse = instance.sandboxRegion().capacity() >= FastPathRegion.BYTES;
        this.region = new FastPathRegion(instance.sandboxRegion(), instance.sandboxRegionBase());
        this.questions = imports.stream().map(Question::of).toArray(Question[]::new);
        this.wanted = new int[kinds];
        this.clock = clock;
        this.log = log;
        if (inUse) {
            int missingHeader = version == AbiVersion.V0_1_0 ? -1 : Status.NOT_FOUND.code();
            region.begin(missingHeader, limits.headerCount(), limits.headerBytes(), limits.logLineBytes());
        }
    }

    /**
     * Lays out what a guest is likely to ask for.
     *
     * @param entering the context that hostcalls act on
     * @param entryKind which kind of entry it is
     * @param isTraced whether every hostcall has to be seen by Java
     */
    public void enter(Context entering, int entryKind, boolean isTraced) {
        if (!inUse) {
            return;
        }
        context = entering;
        kind = entryKind;
        region.setOn(!isTraced);
        region.setLogLevel(log.level().ordinal());
        buffersChanged = true;
        show(entering);
        showTime();
    }

    /** Ends an entry, however it ended: does what is left in the journal. */
    public void leave() {
        if (inUse) {
            drain();
            region.setOn(false);
            region.setAllocating(false);
            region.clearRefused();
            context = null;
        }
    }

    /** Has everything cross until the entry ends: another context is effective. */
    public void suspend() {
        if (inUse) {
            region.setOn(false);
        }
    }

    /** Tells the code that the guest's allocator is about to run, or has. */
    public void setAllocating(boolean allocating) {
        if (inUse) {
            region.setAllocating(allocating);
        }
    }

    /** Whether the guest's allocator runs, for Java or for the code in the sandbox. */
    public boolean isAllocating() {
        return inUse && region.isAllocating();
    }

    /**
     * Whether the hostcall under way crossed because the guest's allocator, which has run, answered something that cannot be used: to be
     * taken by {@link #refusedPointer} instead of asking again.
     */
    public boolean isAllocationRefused() {
        return inUse && region.isAllocationRefused();
    }

    /** What the guest's allocator answered; once. */
    public int refusedPointer() {
        region.clearRefused();
        return region.refusedPointer();
    }

    /** Does what was noted, before Java answers a hostcall, and remembers what the guest asked for. */
    public void beforeHostcall(int importIndex, HostcallFrame frame) {
        if (inUse && context != null) {
            drain();
            Question question = questions[importIndex];
            wanted[kind] |= question.bit(frame);
            buffersChanged |= question.isOfBuffers();
        }
    }

    /** Shows the code what a hostcall changed. */
    public void afterHostcall() {
        Context entered = context;
        if (!inUse || entered == null || region.isAllocating()) {
            return;
        }
        region.clearRefused();
        show(entered);
    }

    private void show(Context entered) {
        if (region.heapFree() < LEAST_FREE) {
            forget();
        }
        for (int type = 0; type < FastPathRegion.MAP_COUNT; type++) {
            showMap(type, entered);
        }
        if (buffersChanged) {
            buffersChanged = false;
            showBuffers(entered);
        }
    }

    private boolean wants(int what) {
        return (wanted[kind] & what) != 0;
    }

    /** Forgets what is laid out, so that it is laid out again from the beginning of the heap. */
    private void forget() {
        region.clearHeap();
        for (int type = 0; type < FastPathRegion.MAP_COUNT; type++) {
            shown[type] = null;
        }
        buffersChanged = true;
    }

    private void showMap(int type, Context entered) {
        HeaderMap map = wants(Question.map(type)) ? entered.headerMap(MAPS[type]) : null;
        if (map != null && !isUpToDate(type, map)) {
            layOut(type, map);
        }
        boolean isHere = map != null && fits[type];
        int state = isHere && entered.canWrite(MAPS[type]) ? FastPathRegion.WRITABLE : FastPathRegion.READABLE;
        region.setMapState(type, isHere ? state : 0);
    }

    /** The same map and not an equal one: what is written will go to it. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isUpToDate(int type, HeaderMap map) {
        return shown[type] == map && shownVersions[type] == map.version();
    }

    private void layOut(int type, HeaderMap map) {
        fits[type] = encoder.encode(map, region.heapFree());
        if (fits[type]) {
            encoder.place(region, type);
        }
        shown[type] = map;
        shownVersions[type] = map.version();
    }

    private void showBuffers(Context entered) {
        for (int type = 0; type < FastPathRegion.BUFFER_COUNT; type++) {
            if (wants(Question.buffer(type))) {
                showBuffer(type, entered.buffer(BUFFERS[type]));
            } else if (region.isBufferHere(type)) {
                region.setBuffer(type, 0, 0);
            }
        }
    }

    private void showBuffer(int type, @Nullable GuestBuffer buffer) {
        int room = Math.min(MAX_BUFFER, region.heapFree() - Long.BYTES);
        if (buffer == null || buffer.size() > room) {
            region.setBuffer(type, 0, 0);
            return;
        }
        byte[] padded = new byte[(buffer.size() + 7) & -8];
        System.arraycopy(buffer.copy(0, buffer.size()), 0, padded, 0, buffer.size());
        region.setBuffer(type, region.keep(padded, padded.length), buffer.size());
    }

    private void showTime() {
        if (wants(Question.TIME)) {
            Instant now = clock.instant();
            region.setTime(now.getEpochSecond() * NANOS_PER_SECOND + now.getNano());
        } else {
            region.clearTime();
        }
    }

    private void drain() {
        int records = region.journalSize();
        if (records == 0) {
            return;
        }
        for (int record = 0; record < records; record++) {
            replay(record);
        }
        region.clearJournal();
    }

    private void replay(int record) {
        int what = region.recordWhat(record);
        int which = region.recordWhich(record);
        if (what == FastPathRegion.LOG) {
            log.accept(LEVELS[which], region.recordText(record));
            return;
        }
        HeaderMap map = shown[which];
        if (map == null) {
            throw new IllegalStateException("the fast path changed map " + which + ", which it was not shown");
        }
        String name = region.recordName(record, strings);
        switch (what) {
            case FastPathRegion.ADD -> map.add(name, region.recordValue(record, strings));
            case FastPathRegion.REPLACE -> map.set(name, region.recordValue(record, strings));
            case FastPathRegion.REMOVE -> map.remove(name);
            default -> throw new IllegalStateException("the fast path's journal has a record of kind " + what);
        }
        shownVersions[which] = map.version();
    }
}
