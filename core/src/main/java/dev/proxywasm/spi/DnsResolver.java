package dev.proxywasm.spi;

import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the addresses of the names that plugins ask for. The host has one over the JDK's resolver; it watches the time-out itself.
 *
 * <p>Safe for use by several threads.
 */
public interface DnsResolver extends AutoCloseable {

    /**
     * Begins to look a name up and returns at once: the caller holds a lock.
     *
     * @param name a name, or an address as text
     * @param whenDone gets exactly one answer, unless the look-up is cancelled; empty if the name has no address or cannot be looked up; on
     *     any thread, at any time; does not block
     */
    Callout resolve(String name, Consumer<List<DnsAddress>> whenDone);

    /** Gives up all look-ups and releases everything. */
    @Override
    void close();
}
