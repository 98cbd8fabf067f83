package dev.proxywasm.internal.vm;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginCounter;
import dev.proxywasm.PluginStartException;
import dev.proxywasm.PluginState;
import dev.proxywasm.internal.callback.GuestExports;
import dev.proxywasm.internal.engine.StackRoom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The VMs of one plugin.
 *
 * <p>One is started with the host; more are started in the background while all are busy, up to the plugin's number of instances. A VM
 * that failed is replaced when it is next needed, as soon as {@link RestartBackoff} allows. A stream gets the VM with the fewest streams
 * and keeps it. Where there is no room for a further one, such as memory, that is tried again ever more seldom, and delays no replacement.
 *
 * <p>Safe for use by several threads. {@code lock} guards the fields; starting a VM happens outside of it, one at a time.
 */
public final class VmPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.vm");

    /** How long a root context that asked for time may take to call {@code proxy_done}. */
    private static final Duration FINISH_TIMEOUT = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Vm> vms = new ArrayList<>();
    private final PluginModule module;
    private final boolean actsOutsideOfCallbacks;
    private final HostServices services;
    private final RestartBackoff backoff;
    private final RestartBackoff growthBackoff;
    private final List<String> environment;
    private final Duration finishTimeout;
    private final Owner owner = new Owner();
    private boolean starting;
    private boolean closed;
    private final Tally tally;
    private int toReplace;
    private String lastFailure = "it has not been started";

    /** A pool without a VM, of a plugin of which nothing was counted yet. Takes the module over. */
    public VmPool(PluginModule module, HostServices services) {
        this(module, services, new Tally());
    }

    /** A pool without a VM, which counts on where another one of the plugin does or did. Takes the module over. */
    public VmPool(PluginModule module, HostServices services, Tally tally) {
        this(module, services, tally, FINISH_TIMEOUT);
    }

    VmPool(PluginModule module, HostServices services, Tally tally, Duration finishTimeout) {
        this.tally = tally;
        this.finishTimeout = finishTimeout;
        this.module = module;
        this.actsOutsideOfCallbacks = module.hostcalls().actOutsideOfCallbacks();
        this.services = services;
        this.backoff = new RestartBackoff(services.nanoTime());
        this.growthBackoff = new RestartBackoff(services.nanoTime());
        this.environment = Environment.of(module.plugin().vm());
    }

    /** How the plugin is used. */
    public PluginConfig plugin() {
        return module.plugin();
    }

    /** What its guests export. */
    public GuestExports exports() {
        return module.exports();
    }

    /** What a thread that enters its guests must have left of its stack. */
    public StackRoom stackRoom() {
        return module.code().stackRoom();
    }

    /** Whether its guests can act on a stream at other times than in its callbacks. */
    public boolean actsOutsideOfCallbacks() {
        return actsOutsideOfCallbacks;
    }

    /** How many VMs are ready for streams. */
    public int size() {
        lock.lock();
        try {
            return vms.size();
        } finally {
            lock.unlock();
        }
    }

    /** What is counted of the plugin. */
    public Tally tally() {
        return tally;
    }

    /** How the plugin is doing. */
    public PoolStatus status() {
        List<Vm> live;
        PluginState state;
        String reason;
        int streams = 0;
        lock.lock();
        try {
            live = List.copyOf(vms);
            for (Vm vm : live) {
                streams += vm.streams;
            }
            state = state();
            reason = state == PluginState.RUNNING ? "" : closed ? "the host is closed" : lastFailure;
        } finally {
            lock.unlock();
        }
        // A VM's lock is never waited for under the pool's.
        long memoryBytes = live.stream().mapToLong(Vm::memoryBytes).sum();
        return new PoolStatus(state, reason, live.size(), streams, memoryBytes);
    }

    private PluginState state() {
        if (closed) {
            return PluginState.CLOSED;
        }
        if (!vms.isEmpty()) {
            return PluginState.RUNNING;
        }
        if (starting) {
            return PluginState.STARTING;
        }
        return backoff.remainingNanos() > 0 ? PluginState.DOWN : PluginState.IDLE;
    }

    /**
     * Starts the first VM.
     *
     * @throws PluginStartException if it does not start
     */
    public void start() {
        lock.lock();
        try {
            startOne(backoff);
        } finally {
            lock.unlock();
        }
    }

    /**
     * A VM for a new stream; to be given back by {@link #release}.
     *
     * @throws GuestFailure if there is none and none may be started now
     */
    public Vm acquire() {
        lock.lock();
        try {
            Vm chosen = leastBusyOrStarted();
            chosen.streams++;
            if (chosen.streams > 1) {
                grow();
            }
            return chosen;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back the VM of a stream that has ended. */
    public void release(Vm vm) {
        lock.lock();
        try {
            vm.streams--;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Vm leastBusy() {
        Vm best = null;
        for (int i = 0; i < vms.size(); i++) {
            Vm vm = vms.get(i);
            if (best == null || vm.streams < best.streams) {
                best = vm;
            }
        }
        return best;
    }

    private Vm leastBusyOrStarted() {
        while (true) {
            if (closed) {
                throw new GuestFailure("plugin '" + plugin().name() + "' is closed");
            }
            Vm chosen = leastBusy();
            if (chosen != null) {
                return chosen;
            }
            if (starting) {
                changed.awaitUninterruptibly();
            } else {
                tryToStart();
            }
        }
    }

    private void tryToStart() {
        if (backoff.remainingNanos() > 0) {
            throw new GuestFailure("plugin '" + plugin().name() + "' is down and will be tried again in "
                    + TimeUnit.NANOSECONDS.toMillis(backoff.remainingNanos()) + " ms: " + lastFailure);
        } else {
            try {
                startOne(backoff);
            } catch (PluginStartException refused) {
                LOG.error("{}", refused.getMessage());
                throw new GuestFailure(lastFailure, refused);
            }
        }
    }

    /** Starts a VM with the lock released meanwhile. A failure counts for the backoff. */
    private void startOne(RestartBackoff backoff) {
        starting = true;
        Vm started = null;
        lock.unlock();
        try {
            started = VmStarter.start(module, services, owner);
        } catch (RuntimeException | Error refused) {
            lock.lock();
            try {
                tally.count(PluginCounter.START_FAILURES);
                lastFailure = refused instanceof Error ? refused.toString() : String.valueOf(refused.getMessage());
                backoff.failed();
            } finally {
                lock.unlock();
            }
            throw refused;
        } finally {
            lock.lock();
            starting = false;
            changed.signalAll();
        }
        noteStart();
        if (closed) {
            lock.unlock();
            try {
                VmEnd.POLITE.of(started);
                VmEnd.FINAL.of(started);
            } finally {
                lock.lock();
            }
        } else if (started.isRunning()) {
            vms.add(started);
        }
    }

    private void noteStart() {
        tally.count(PluginCounter.STARTS);
        if (toReplace > 0) {
            toReplace--;
            tally.count(PluginCounter.RESTARTS);
        }
    }

    private void grow() {
        if (starting
                || closed
                || vms.size() >= plugin().instances()
                || backoff.remainingNanos() > 0
                || growthBackoff.remainingNanos() > 0) {
            return;
        }
        starting = true;
        try {
            services.workers().execute(this::growInBackground);
        } catch (RejectedExecutionException shutDown) {
            starting = false;
            LOG.debug("no further VM of plugin '{}': the host is closing", plugin().name(), shutDown);
        } catch (OutOfMemoryError noThread) {
            starting = false;
            growthBackoff.failed();
            LOG.error("no further VM of plugin '{}'", plugin().name(), noThread);
        }
    }

    private void growInBackground() {
        lock.lock();
        try {
            if (closed) {
                starting = false;
            } else {
                startOne(growthBackoff);
            }
        } catch (PluginStartException refused) {
            LOG.error("no further VM: {}", refused.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends every VM: its root context is told, and may take a few seconds to agree. Streams still bound to one meet the failure policy.
     */
    @Override
    public void close() {
        List<Vm> ending;
        lock.lock();
        try {
            closed = true;
            ending = List.copyOf(vms);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        ending.forEach(VmEnd.POLITE::of);
        awaitEnd(services.nanoTime().getAsLong() + finishTimeout.toNanos());
        ending.forEach(VmEnd.FINAL::of);
        module.close();
    }

    private void awaitEnd(long deadline) {
        lock.lock();
        try {
            long remaining = deadline - services.nanoTime().getAsLong();
            while (!vms.isEmpty() && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
        } catch (InterruptedException interrupted) {
            // Closing goes on at once instead of waiting for guests.
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** What VMs tell their pool. */
    private final class Owner implements VmOwner {

        @Override
        public void failed(Vm vm, String message) {
            tally.count(PluginCounter.TRAPS);
            lock.lock();
            try {
                if (vms.remove(vm)) {
                    lastFailure = message;
                    toReplace++;
                    backoff.failed();
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void closed(Vm vm) {
            lock.lock();
            try {
                vms.remove(vm);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public List<String> environment() {
            return environment;
        }

        @Override
        public Tally tally() {
            return tally;
        }
    }
}
