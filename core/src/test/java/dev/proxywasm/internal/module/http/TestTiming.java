package dev.proxywasm.internal.module.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Timing as it is, but that it pauses nowhere, and notes for how long it should have. */
public final class TestTiming {

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    /** The pauses so far. */
    public List<Duration> pauses() {
        return pauses;
    }

    /** The default times. */
    public FetchTiming timing() {
        return timing(Duration.ofSeconds(15));
    }

    /** With another time for heads and stalls. */
    public FetchTiming timing(Duration patience) {
        FetchTiming usual = FetchTiming.DEFAULT;
        return new FetchTiming(
                patience,
                patience,
                usual.total(),
                usual.tries(),
                usual.firstDelay(),
                usual.longestDelay(),
                usual.progress(),
                System::nanoTime,
                InstantSource.system(),
                pauses::add);
    }
}
