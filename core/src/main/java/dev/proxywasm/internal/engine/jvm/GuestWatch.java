package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.shared.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at each tick whether the time of a guest is up. */
final class GuestWatch implements AutoCloseable {

    private final Set<EntryTime> watched = ConcurrentHashMap.newKeySet();
    private final Ticker ticker;

    GuestWatch(Duration tick) {
        ticker = new Ticker(tick, () -> watched.forEach(EntryTime::check), watched::clear);
    }

    /** Watches the entries of one more instance. */
    EntryTime watch() {
        ticker.start();
        EntryTime time = new EntryTime(ticker);
        watched.add(time);
        return time;
    }

    /** Forgets an instance that will not be entered any more. */
    void forget(EntryTime time) {
        watched.remove(time);
    }

    @Override
    public void close() {
        ticker.stop();
    }
}
