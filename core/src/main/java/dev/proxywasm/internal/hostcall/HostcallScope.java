package dev.proxywasm.internal.hostcall;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.callout.Callouts;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.context.GuestClock;
import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.service.SharedServices;
import java.util.List;
import java.util.function.Supplier;

/** The VM that a hostcall came from, as handlers see it. Confined to the VM. */
public interface HostcallScope {

    /** The plugin that the VM runs. */
    PluginConfig plugin();

    /** The ABI version that the module declares. */
    AbiVersion abiVersion();

    /** The context that the call acts on: the effective one if the guest chose one, otherwise that of the callback under way. */
    Context activeContext();

    /** Makes a live context effective until the callback returns; tells whether one has that number. */
    boolean setEffectiveContext(int id);

    /** What guest code is being run for. */
    CallPhase phase();

    /** Whether the callback under way is {@code proxy_on_configure}, which decides what 0.1.0 reads as its configuration. */
    boolean isConfiguring();

    /** The guest's memory. */
    GuestMemory memory();

    /** Calls the guest's allocator; its answer is unchecked. */
    int allocate(int size);

    /** Has the next {@link #allocate} give what the guest's allocator answered just now, instead of asking it again. */
    void keepAllocated(int pointer);

    /** The clocks that guests read. */
    GuestClock clock();

    /** Writes a line of the guest to the log. */
    void log(LogLevel level, String line);

    /** The guest's standard outputs. */
    GuestOutput output();

    /** Where warnings about the guest go. */
    WarningLog warnings();

    /** The least severe level that the plugin's log shows. */
    LogLevel logLevel();

    /** Sets the period of the root context's timer; 0 stops it. */
    void setTickPeriodMillis(long periodMillis);

    /** What the guests of the host share. */
    SharedServices shared();

    /** The way by which events from outside reach the guest. */
    GuestNotices notices();

    /** A state of the VM, one a type: made at first use, gone with the VM. */
    <T> T local(Class<T> type, Supplier<T> maker);

    /** The callouts of the VM. */
    Callouts callouts();

    /** Ends a root context whose {@code proxy_on_done} answered false; {@link Status#NOT_FOUND} if none waits for it. */
    Status done();

    /** Variables that the guest sees, as {@code NAME=value}. */
    List<String> environment();
}
