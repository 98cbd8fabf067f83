package dev.proxywasm.internal.fastpath;

import dev.proxywasm.Limits;
import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.internal.context.GuestClock;
import dev.proxywasm.internal.service.MetricRegistry;
import java.util.function.BiConsumer;

/**
 * What the fast path knows of the VM that it belongs to.
 *
 * @param version decides how a header that is not there is answered
 * @param limits of the plugin
 * @param clock what guests read
 * @param log takes the guest's lines
 * @param output takes what the guest writes to its standard outputs, a piece at a time
 * @param metrics of the host
 * @param hasEnvironment whether the guest has environment variables
 */
public record FastPathHost(
        AbiVersion version,
        Limits limits,
        GuestClock clock,
        FastPathLog log,
        BiConsumer<LogLevel, byte[]> output,
        MetricRegistry metrics,
        boolean hasEnvironment) {}
