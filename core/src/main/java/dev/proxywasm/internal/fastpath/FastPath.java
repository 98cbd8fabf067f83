package dev.proxywasm.internal.fastpath;

import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.engine.HostcallFrame;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.wasm.Import;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The Java side of the fast path of one VM.
 *
 * <p>Around an entry into the guest: {@link #enter}, {@link #leave}. Around each hostcall that crosses: {@link #beforeHostcall}, which does
 * what the code in the sandbox noted until then, and {@link #afterHostcall}, which shows it what the hostcall changed. Confined to the VM.
 */
public final class FastPath {

    private static final LogLevel[] LEVELS = LogLevel.values();
    private static final int LEAST_FREE = 48 * 1024;
    private static final Supply NOTHING = (kind, frame) -> {};

    private final FastPathRegion region;
    private final FastPathLog log;
    private final BiConsumer<LogLevel, byte[]> output;
    private final HeaderMaps maps;
    private final Buffers buffers;
    private final Properties properties;
    private final Metrics metrics;
    private final Clocks clocks;
    private final RandomReserve random;
    private final Supply[] supplies;
    private final boolean inUse;

    /** The context entered; null outside of an entry, and once another context is effective. */
    private @Nullable Context context;

    private int kind;

    /**
     * The fast path of an instance; one without a sandbox of the host's own crosses for everything.
     *
     * @param imports the functions that the guest imports
     * @param kinds how many kinds of entries there are
     */
    public FastPath(WasmInstance instance, List<Import> imports, int kinds, FastPathHost host) {
        inUse = instance.sandboxRegion().capacity() >= FastPathLayout.BYTES;
        region = new FastPathRegion(instance.sandboxRegion(), instance.sandboxRegionBase());
        log = host.log();
        output = host.output();
        maps = new HeaderMaps(region, kinds);
        buffers = new Buffers(region, kinds);
        properties = new Properties(region, instance.memory(), kinds);
        metrics = new Metrics(region, host.metrics());
        clocks = new Clocks(region, host.clock(), kinds);
        random = new RandomReserve(region, kinds);
        supplies = imports.stream().map(this::supplyFor).toArray(Supply[]::new);
        if (inUse) {
            region.begin(
                    host.version() == AbiVersion.V0_1_0 ? -1 : Status.NOT_FOUND.code(),
                    host.limits().headerCount(),
                    host.limits().headerBytes(),
                    host.limits().logLineBytes(),
                    host.hasEnvironment());
        }
    }

    /** Who is told when an import crosses. */
    private Supply supplyFor(Import imported) {
        String name = imported.name();
        if (name.equals("proxy_set_header_map_pairs")) {
            return maps::askedToAssign;
        }
        if (name.startsWith("proxy_") && name.contains("_header_map_")) {
            return maps;
        }
        return switch (name) {
            case "proxy_get_buffer_bytes", "proxy_get_buffer_status" -> buffers;
            case "proxy_set_buffer_bytes" -> (callback, frame) -> buffers.change();
            case "proxy_get_property", "proxy_set_property" -> properties;
            case "proxy_call_foreign_function" -> properties::askedForeignFunction;
            case "proxy_increment_metric", "proxy_record_metric" -> metrics;
            case "proxy_get_current_time_nanoseconds" -> clocks::askedForRealTime;
            case "clock_time_get" -> clocks::askedForClock;
            case "random_get" -> random;
            default -> NOTHING;
        };
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
        region.setContext(entering.id());
        region.setLogLevel(log.level().ordinal());
        if (!maps.isAnyUpToDate(entering, entryKind)) {
            // What is laid out is of no use: begin again where the processor's caches are warm.
            startOver();
        }
        buffers.change();
        show(entering);
        clocks.enter(entryKind);
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
            context = null;
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
            supplies[importIndex].asked(kind, frame);
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
            startOver();
        }
        maps.show(entered, kind);
        buffers.show(entered, kind);
        properties.show(entered, kind);
        random.show(kind);
    }

    /** Clears the heap: what was there, dead pairs included, is laid out again if it is wanted. */
    private void startOver() {
        region.clearHeap();
        maps.forget();
        buffers.change();
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
        switch (region.recordWhat(record)) {
            case FastPathLayout.ADD, FastPathLayout.REPLACE, FastPathLayout.REMOVE, FastPathLayout.ASSIGN ->
                maps.replay(record);
            case FastPathLayout.LOG -> log.accept(LEVELS[region.recordWhich(record)], region.recordText(record));
            case FastPathLayout.OUTPUT -> output.accept(LEVELS[region.recordWhich(record)], region.recordBytes(record));
            case FastPathLayout.INCREMENT_METRIC, FastPathLayout.RECORD_METRIC -> metrics.replay(record);
            case FastPathLayout.STORE_PROPERTY -> properties.replay(record, entered());
            default ->
                throw new IllegalStateException(
                        "the fast path's journal has a record of kind " + region.recordWhat(record));
        }
    }

    private Context entered() {
        Context entered = context;
        if (entered == null) {
            throw new IllegalStateException("the fast path stored a property outside of an entry");
        }
        return entered;
    }
}
