package dev.proxywasm.internal.service;

import dev.proxywasm.ServiceLimits;
import dev.proxywasm.spi.SharedData;
import dev.proxywasm.spi.SharedValue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Shared data in this process.
 *
 * <p>Lives as long as the host. Differs: in Envoy, data end with the last VM of their {@code vm_id}; here VMs come and go with the load and
 * after traps, and data shall outlive that.
 *
 * <p>Each name space is guarded by its own monitor. A value whose time is over is gone when it is next looked at, or when the name space
 * is full.
 */
public final class InMemorySharedData implements SharedData {

    /** What a key costs besides its bytes, so that many small ones are bounded too. */
    private static final int KEY_OVERHEAD_BYTES = 64;

    private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
    private final AtomicInteger lastCas = new AtomicInteger();
    private final ServiceLimits limits;
    private final InstantSource clock;

    /** An empty store; the clock decides when values expire. */
    public InMemorySharedData(ServiceLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Optional<SharedValue> find(String vmId, String key) {
        return namespace(vmId).find(key);
    }

    @Override
    public Stored store(String vmId, String key, byte[] value, int cas) {
        return namespace(vmId).store(key, value, cas);
    }

    @Override
    public boolean delete(String vmId, String key) {
        return namespace(vmId).delete(key);
    }

    @Override
    public boolean expire(String vmId, String key, Duration timeToLive) {
        return namespace(vmId).expire(key, timeToLive);
    }

    private Namespace namespace(String vmId) {
        return namespaces.computeIfAbsent(vmId, none -> new Namespace());
    }

    private int nextCas() {
        return lastCas.updateAndGet(last -> last == -1 ? 1 : last + 1);
    }

    /** A value and the time of its end. */
    private record Entry(SharedValue value, long endMillis) {}

    /** The keys of one {@code vm_id}. */
    private final class Namespace {

        private final Map<String, Entry> entries = new HashMap<>();
        private long bytes;

        synchronized Optional<SharedValue> find(String key) {
            return Optional.ofNullable(live(key)).map(Entry::value);
        }

        synchronized Stored store(String key, byte[] value, int cas) {
            Entry present = live(key);
            if (present != null && cas != 0 && cas != present.value().cas()) {
                return Stored.CAS_MISMATCH;
            }
            long growth = value.length
                    - (present == null ? -size(key) : present.value().bytes().length);
            if (!hasRoom(present == null ? 1 : 0, growth)) {
                return Stored.FULL;
            }
            entries.put(key, new Entry(new SharedValue(value, nextCas()), Long.MAX_VALUE));
            bytes += growth;
            return Stored.DONE;
        }

        synchronized boolean delete(String key) {
            boolean there = live(key) != null;
            remove(key);
            return there;
        }

        synchronized boolean expire(String key, Duration timeToLive) {
            Entry present = live(key);
            if (present == null) {
                return false;
            }
            long now = clock.millis();
            long end = now + timeToLive.toMillis();
            entries.put(key, new Entry(present.value(), end < now ? Long.MAX_VALUE : end));
            return true;
        }

        private @Nullable Entry live(String key) {
            Entry entry = entries.get(key);
            if (entry != null && isOver(entry)) {
                remove(key);
                return null;
            }
            return entry;
        }

        private boolean hasRoom(int keys, long growth) {
            if (!fits(keys, growth)) {
                entries.entrySet().stream()
                        .filter(entry -> isOver(entry.getValue()))
                        .map(Map.Entry::getKey)
                        .toList()
                        .forEach(this::remove);
            }
            return fits(keys, growth);
        }

        private boolean fits(int keys, long growth) {
            return entries.size() + keys <= limits.sharedDataKeys() && bytes + growth <= limits.sharedDataBytes();
        }

        private boolean isOver(Entry entry) {
            return entry.endMillis() != Long.MAX_VALUE && entry.endMillis() <= clock.millis();
        }

        private void remove(String key) {
            Entry removed = entries.remove(key);
            if (removed != null) {
                bytes -= removed.value().bytes().length + size(key);
            }
        }

        private static long size(String key) {
            return (long) key.length() + KEY_OVERHEAD_BYTES;
        }
    }
}
