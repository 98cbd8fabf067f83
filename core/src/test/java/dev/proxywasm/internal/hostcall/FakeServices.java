package dev.proxywasm.internal.hostcall;

import dev.proxywasm.ServiceLimits;
import dev.proxywasm.internal.foreign.BuiltInFunctions;
import dev.proxywasm.internal.foreign.ForeignFunctions;
import dev.proxywasm.internal.service.InMemorySharedData;
import dev.proxywasm.internal.service.InMemorySharedQueues;
import dev.proxywasm.internal.service.MetricRegistry;
import dev.proxywasm.internal.service.SharedServices;
import dev.proxywasm.spi.ForeignFunction;
import dev.proxywasm.spi.MetricSink;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The default services, as a host would have them. */
public final class FakeServices {

    private FakeServices() {}

    /** With nothing added, within these limits. */
    public static SharedServices within(ServiceLimits limits) {
        return with(limits, Map.of());
    }

    static SharedServices with(Map<String, ForeignFunction> functions) {
        return with(ServiceLimits.DEFAULT, functions);
    }

    private static SharedServices with(ServiceLimits limits, Map<String, ForeignFunction> functions) {
        InMemorySharedData data = new InMemorySharedData(limits, InstantSource.system());
        Map<String, ForeignFunction> all = new HashMap<>(BuiltInFunctions.of(data));
        all.putAll(functions);
        return new SharedServices(
                data,
                new InMemorySharedQueues(limits),
                new MetricRegistry(limits, MetricSink.NONE),
                ForeignFunctions.of(all));
    }
}
