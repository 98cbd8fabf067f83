package dev.proxywasm.internal.fastpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.internal.engine.SandboxCode;
import dev.proxywasm.internal.hostcall.HostFunction;
import dev.proxywasm.internal.hostcall.HostcallTable;
import dev.proxywasm.internal.wasm.FunctionType;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The code in the sandbox answers hostcalls that exist, in the types that they have. */
class FastPathFunctionsTest {

    @Test
    void answersKnownFunctionsInTheirTypes() {
        Map<String, FunctionType> rows = new HashMap<>();
        for (HostFunction row : HostcallTable.rows()) {
            row.modules().forEach(module -> rows.put(module + "." + row.name(), row.type()));
        }
        assertThat(rows).containsAllEntriesOf(FastPathFunctions.TYPES);
    }

    @Test
    void leavesWhatAPluginMayNotUseToJava() {
        SandboxCode code = FastPathCode.code(Set.of("proxy_log", "fd_write"));
        assertThat(FastPathFunctions.TYPES.entrySet())
                .filteredOn(function -> code.answers(function.getKey(), function.getValue()))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("env.proxy_log", "wasi_snapshot_preview1.fd_write");
    }
}
