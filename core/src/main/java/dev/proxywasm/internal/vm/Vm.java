package dev.proxywasm.internal.vm;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.callback.Callback;
import dev.proxywasm.internal.callback.GuestExports;
import dev.proxywasm.internal.callout.Callouts;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.context.ContextRegistry;
import dev.proxywasm.internal.context.ContextState;
import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.engine.WasmTrap;
import dev.proxywasm.internal.fastpath.FastPathCode;
import dev.proxywasm.internal.hostcall.CallPhase;
import dev.proxywasm.internal.hostcall.GuestExit;
import dev.proxywasm.internal.hostcall.GuestViolation;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One VM: an instance of a plugin's module with its root context and the streams bound to it.
 *
 * <p>Guarded by its lock, which every caller takes around whatever it does here ({@link #lock}), and which is held only while guest code
 * runs or could. Guest code runs on the calling thread. What a guest asks for in a callback and what would re-enter it (resume, reply,
 * close, the end of its root) is noted and done when the callback has returned.
 *
 * <p>A trap, whatever its cause, is the end of the VM: it is never entered again, its streams meet the failure policy, and its pool makes
 * another.
 */
public final class Vm {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.vm");

    private final ReentrantLock lock = new ReentrantLock();
    private final PluginModule module;
    private final VmOwner owner;
    private final Tally tally;
    private final long timeoutNanos;
    private final ContextRegistry contexts = new ContextRegistry();
    private final Queue<Runnable> deferred = new ArrayDeque<>();
    private final TickTimer timer;
    private final Notices notices;
    private final VmScope scope;
    private final Callouts callouts;
    private final WasmInstance instance;
    private final GuestInvoker invoker;
    private final RootContext root;
    private volatile VmState state = VmState.STARTING;
    private volatile long memoryBytes;

    /** How many streams are bound to it. Belongs to its pool, and is guarded by the pool's lock. */
    int streams;

    /**
     * Instantiates a module; start functions have not run yet.
     *
     * @throws RuntimeException if it cannot be instantiated, as the engine says
     */
    Vm(PluginModule module, HostServices services, VmOwner owner) {
        this.module = module;
        this.owner = owner;
        this.tally = owner.tally();
        this.timeoutNanos = module.plugin().limits().callbackTimeout().toNanos();
        this.notices = new Notices(this, services.workers());
        this.timer = new TickTimer(services.scheduler(), winding -> notices.post(vm -> vm.tick(winding)));
        this.callouts = new Callouts(
                services.callouts(), module.plugin(), services.scheduler(), new CalloutEntry(this, notices));
        this.root = new RootContext(contexts.nextId(), module.plugin(), callouts.view(), services.node());
        this.scope = new VmScope(this, module, contexts, owner.environment(), services);
        this.instance = module.code().instantiate(spec());
        this.invoker = invokerOrClose(new EntryTimer(services.nanoTime(), tally));
    }

    private GuestInvoker invokerOrClose(EntryTimer timer) {
        try {
            return new GuestInvoker(instance, module.exports(), contexts, scope, timer);
        } catch (RuntimeException | Error e) {
            instance.close();
            throw e;
        }
    }

    private InstanceSpec spec() {
        return new InstanceSpec(
                scope,
                GuestExports.ENTRY_POINTS,
                module.exports().allocator(),
                FastPathCode.code(module.plugin().capabilities()),
                module.plugin().limits().startTimeout().toNanos(),
                module.plugin().limits().hostcallsPerCallback());
    }

    /** Takes the VM's lock; to be released by {@link #unlock} in a finally block. */
    public void lock() {
        lock.lock();
    }

    /** Takes the VM's lock if nobody has it, likewise. */
    public boolean tryLock() {
        return lock.tryLock();
    }

    /** Releases the VM's lock. */
    public void unlock() {
        lock.unlock();
    }

    /** Whether streams may enter it. */
    public boolean isRunning() {
        return state == VmState.RUNNING;
    }

    /** Whether its guest can still be told of something. */
    boolean isLive() {
        return state.isLive();
    }

    /** The parent of its streams. */
    public RootContext root() {
        return root;
    }

    /** A number for a context of this VM. */
    public int nextContextId() {
        return contexts.nextId();
    }

    /** The live context of that number, or null. */
    @Nullable
    Context context(int id) {
        return contexts.find(id);
    }

    /** Makes a context known to hostcalls; the guest learns of it by {@code proxy_on_context_create}. */
    public void register(Context context) {
        contexts.add(context);
    }

    /** Begins a sequence of callbacks that run as one entry; add them, then {@link #run}. */
    public void begin() {
        invoker.begin();
    }

    /** Adds a callback; tells where its answer will be. Parameters that it does not have are ignored. */
    public int add(Callback callback, int a0, int a1, int a2) {
        return invoker.add(callback, a0, a1, a2);
    }

    /** As the shorter form, for a callback of five parameters. */
    int add(Callback callback, int a0, int a1, int a2, int a3, int a4) {
        return invoker.add(callback, a0, a1, a2, a3, a4);
    }

    /** The answer of a callback that was run, or its documented default if the guest does not have it. */
    public int answer(int place) {
        return invoker.answer(place);
    }

    /**
     * Runs the callbacks that were added, in a context.
     *
     * @throws GuestFailure if the guest was stopped or the VM is over
     */
    public void run(Context context) {
        run(context, timeoutNanos);
    }

    void run(Context context, long nanos) {
        if (!state.isLive()) {
            throw new GuestFailure(this + " is over", null);
        }
        CallPhase before = scope.enter(CallPhase.CALLBACK);
        try {
            invoker.run(context, nanos);
        } catch (RuntimeException | Error stopped) {
            throw fail(invoker.callbackUnderWay(), context, stopped);
        } finally {
            scope.enter(before);
        }
        runDeferred();
    }

    /** Notes something to be done under this lock when the callback under way has returned. */
    public void defer(Runnable action) {
        deferred.add(action);
    }

    private void runDeferred() {
        for (Runnable action = deferred.poll(); action != null; action = deferred.poll()) {
            action.run();
        }
    }

    /** Ends the VM because its guest was stopped; the answer is to be thrown. */
    GuestFailure fail(String where, Context context, Throwable cause) {
        String message =
                "plugin '%s' (%s): %s trapped: %s".formatted(plugin().name(), context, where, cause.getMessage());
        if (cause instanceof WasmTrap || cause instanceof GuestViolation || cause instanceof GuestExit) {
            LOG.error("{}", message);
        } else {
            LOG.error("{}", message, cause);
        }
        try {
            end(VmState.Event.FAIL);
        } finally {
            owner.failed(this, message);
        }
        return new GuestFailure(message, cause);
    }

    /** Ends the VM in order. */
    void close() {
        try {
            end(VmState.Event.CLOSE);
        } finally {
            owner.closed(this);
        }
    }

    private void end(VmState.Event event) {
        if (!state.isLive()) {
            return;
        }
        state = state.after(event);
        try {
            timer.stop();
            notices.stop();
            callouts.cancelAll();
            deferred.clear();
            contexts.endAll();
        } finally {
            instance.close();
        }
        unregisterQueues();
    }

    /** Once nothing else is left to be done: these may be an embedder's. */
    private void unregisterQueues() {
        try {
            scope.shared().queues().unregister(notices.queueListener());
        } catch (RuntimeException fault) {
            LOG.error("{} could not be unregistered from its queues", this, fault);
        }
    }

    void markConfigured() {
        memoryBytes = instance.memory().byteSize();
        state = state.after(VmState.Event.CONFIGURED);
    }

    /**
     * Tells the root context that it ends: closes the VM at once, or later when the guest asked for time and calls
     * {@code proxy_done}.
     */
    void finish() {
        if (!isRunning()) {
            return;
        }
        state = state.after(VmState.Event.FINISH);
        begin();
        int done = add(Callback.DONE, root.id(), 0, 0);
        run(root);
        if (answer(done) != 0) {
            deleteRoot();
        } else if (state.isLive()) {
            root.on(ContextState.Event.DEFER);
        }
    }

    /**
     * Tells a stream context that it ends: done, log, delete. Does nothing if the VM is over or the guest was told.
     *
     * @throws GuestFailure if the guest was stopped
     */
    public void endStream(Context stream) {
        if (!state.isLive() || stream.state() != ContextState.ACTIVE) {
            return;
        }
        stream.on(ContextState.Event.DELETE);
        begin();
        add(Callback.DONE, stream.id(), 0, 0);
        add(Callback.LOG, stream.id(), 0, 0);
        add(Callback.DELETE, stream.id(), 0, 0);
        run(stream);
        contexts.remove(stream);
    }

    /** Ends a root context that was told to end, whether its guest is ready or not, and the streams that are left before it. */
    void deleteRoot() {
        if (!state.isLive() || root.state() == ContextState.DELETED) {
            return;
        }
        List<Context> left = contexts.others(root);
        try {
            left.forEach(this::endStream);
            root.on(ContextState.Event.DELETE);
            begin();
            add(Callback.DELETE, root.id(), 0, 0);
            run(root);
            close();
        } finally {
            left.forEach(Context::onVmEnded);
        }
    }

    private void tick(int winding) {
        if (timer.isDue(winding)) {
            begin();
            add(Callback.TICK, root.id(), 0, 0);
            run(root);
            timer.rewind(winding);
        }
    }

    /** Logs what a start function has written without a line feed behind it. */
    void flushOutput() {
        scope.output().flush();
    }

    WasmInstance instance() {
        return instance;
    }

    PluginModule module() {
        return module;
    }

    GuestInvoker invoker() {
        return invoker;
    }

    boolean isConfiguring() {
        return invoker.isUnderWay(Callback.CONFIGURE);
    }

    Notices notices() {
        return notices;
    }

    void setTickPeriodMillis(long periodMillis) {
        timer.setPeriodMillis(periodMillis);
    }

    /** The guest says that its root context, which asked for time, may end now. */
    Status rootIsDone() {
        if (root.state() != ContextState.FINISHING) {
            return Status.NOT_FOUND;
        }
        defer(this::deleteRoot);
        return Status.OK;
    }

    /** Calls of its guest to other servers. */
    Callouts callouts() {
        return callouts;
    }

    /** Warns, at most a few times a minute, of something that concerns its guest. */
    public void warn(String problem) {
        scope.warnings().warn(root, problem);
    }

    /** Where it counts what it does. */
    public Tally tally() {
        return tally;
    }

    /** Bytes of its guest's memory; while guest code runs, as they were when last asked for. Any thread; does not block. */
    long memoryBytes() {
        if (lock.tryLock()) {
            try {
                if (state.isLive()) {
                    memoryBytes = instance.memory().byteSize();
                }
            } finally {
                lock.unlock();
            }
        }
        return memoryBytes;
    }

    /** How the plugin is used. */
    public PluginConfig plugin() {
        return module.plugin();
    }

    @Override
    public String toString() {
        return "VM of plugin '" + plugin().name() + "'";
    }
}
