package dev.proxywasm.internal.vm;

import static dev.proxywasm.internal.callback.Callback.VM_START;
import static dev.proxywasm.testing.Script.loop;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.trap;
import static dev.proxywasm.testing.TestHost.recorder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.Limits;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginCounter;
import dev.proxywasm.PluginLoadException;
import dev.proxywasm.PluginStartException;
import dev.proxywasm.VmConfig;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.internal.callback.Callback;
import dev.proxywasm.testing.RefusingEngine;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import dev.proxywasm.testing.Wat;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a VM comes up, and how it says that it cannot. */
class StartTest {

    private static final String MARKER = "(func (export \"proxy_abi_version_0_2_1\"))";
    private static final String MEMORY = "(memory (export \"memory\") 1)";
    private static final String ALLOCATOR =
            "(func (export \"proxy_on_memory_allocate\") (param i32) (result i32) (i32.const 1024))";

    private static PluginConfig module(String... parts) {
        return PluginConfig.builder("p", "(module " + String.join(" ", parts) + ")")
                .instances(1)
                .build();
    }

    private static List<String> startsWithout(String... exports) {
        String text = Wat.text("stream/starts");
        for (String export : exports) {
            text = text.replace("(export \"" + export + "\")", "(export \"not" + export + "\")");
        }
        String wat = text.substring(text.indexOf("(module"));
        try (TestHost host = TestHost.of(PluginConfig.builder("p", wat).build())) {
            return host.trace();
        }
    }

    @Test
    void runsInitializeAndMainButNotStart() {
        assertThat(startsWithout()).containsExactly("start section", "_initialize", "main", "context_create");
    }

    /** An error passes as it is, and counts as any other failure. */
    @Test
    void leavesNothingOfAVmWhoseStartEndsByAnError() {
        PluginConfig plugin = module(
                "(import \"env\" \"proxy_get_current_time_nanoseconds\" (func $time (param i32) (result i32)))",
                MARKER,
                MEMORY,
                ALLOCATOR,
                "(func (export \"_initialize\") (drop (call $time (i32.const 8))))");
        OutOfMemoryError error = new OutOfMemoryError("as if");
        RefusingEngine engine = new RefusingEngine();
        try (TestHost host = TestHost.of();
                VmPool pool = new VmPool(
                        PluginModule.compile(engine, plugin, "test", Wat.compile(plugin.module())),
                        withClock(host.services(), () -> {
                            throw error;
                        }))) {
            assertThatThrownBy(pool::start).isSameAs(error);
            assertThatThrownBy(pool::acquire).as("once more at once").isSameAs(error);
            assertThatThrownBy(pool::acquire)
                    .isInstanceOf(GuestFailure.class)
                    .hasMessageContainingAll("is down", "OutOfMemoryError: as if");
            assertThat(engine.made()).hasSize(2).allSatisfy(instance -> assertThatIllegalStateException()
                    .isThrownBy(() -> instance.memory().byteSize())
                    .withMessageContaining("closed"));
            assertThat(pool.tally().counters()).containsEntry(PluginCounter.START_FAILURES, 2L);
        }
    }

    private static HostServices withClock(HostServices services, InstantSource clock) {
        return new HostServices(
                clock,
                services.nanoTime(),
                services.scheduler(),
                services.workers(),
                services.shared(),
                services.callouts(),
                services.node());
    }

    @Test
    void runsMainVoidWhereThereIsNoMain() {
        assertThat(startsWithout("main"))
                .containsExactly("start section", "_initialize", "__main_void", "context_create");
    }

    @Test
    void runsStartWhereThereIsNoInitialize() {
        assertThat(startsWithout("_initialize")).containsExactly("start section", "_start", "context_create");
    }

    @Test
    void runsNothingWhereThereIsNothing() {
        assertThat(startsWithout("_initialize", "_start")).containsExactly("start section", "context_create");
    }

    @ParameterizedTest
    @CsvSource({
        "v, proxy_on_vm_start, VM configuration of 2 bytes",
        "g, proxy_on_configure, plugin configuration of 3 bytes",
    })
    void saysWhichConfigurationWasRefused(String callback, String export, String what) {
        PluginConfig plugin = recorder("p", callback + "a0")
                .configuration(callback + "a0".substring(0, 2))
                .vm(new VmConfig("", "vm", Map.of(), List.of()))
                .build();
        assertThatThrownBy(() -> TestHost.of(plugin))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContainingAll("plugin 'p'", export, what, "log");
    }

    @ParameterizedTest
    @CsvSource({"CONTEXT_CREATE", "VM_START", "CONFIGURE"})
    void saysWhereAStartTrapped(Callback callback) {
        assertThatThrownBy(() -> TestHost.of(recorder("p", on(callback, trap())).build()))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContainingAll("plugin 'p'", TestHost.RECORDER, callback.export(), "unreachable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_start", "_initialize"})
    void takesAnExitWithoutAnErrorForTheEndOfAStartFunction(String function) {
        try (TestHost host = TestHost.of(exitsIn(function, 0));
                TestExchange exchange = host.get()) {
            assertThat(exchange.bodylessRequest()).isEqualTo(Outcome.FORWARD);
        }
    }

    @Test
    void failsAStartFunctionThatExitsWithAnError() {
        assertThatThrownBy(() -> TestHost.of(exitsIn("_start", 1)))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContainingAll("plugin 'p'", "_start", "proc_exit(1)");
    }

    private static PluginConfig exitsIn(String function, int code) {
        return module(
                "(import \"wasi_snapshot_preview1\" \"proc_exit\" (func $exit (param i32)))",
                MARKER,
                MEMORY,
                ALLOCATOR,
                "(func (export \"" + function + "\") (call $exit (i32.const " + code + ")))");
    }

    @Test
    void stopsAStartThatNeverEnds() {
        PluginConfig plugin = recorder("p", on(VM_START, loop()))
                .limits(Limits.builder().startTimeout(Duration.ofMillis(50)).build())
                .build();
        assertThatThrownBy(() -> TestHost.of(plugin))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContainingAll("proxy_on_vm_start", "ran out of time");
    }

    @Test
    void refusesAModuleWithoutAMarker() {
        assertThatThrownBy(() -> TestHost.of(module(MEMORY, ALLOCATOR)))
                .isInstanceOf(PluginLoadException.class)
                .hasMessageContainingAll("plugin 'p'", "test", "no Proxy-Wasm ABI version", "proxy_abi_version_0_2_1");
    }

    @Test
    void refusesAModuleOfAnUnknownVersion() {
        assertThatThrownBy(
                        () -> TestHost.of(module(MEMORY, ALLOCATOR, "(func (export \"proxy_abi_version_0_2_100\"))")))
                .isInstanceOf(PluginLoadException.class)
                .hasMessageContaining("unknown ABI version proxy_abi_version_0_2_100");
    }

    @Test
    void refusesAModuleWithoutMemory() {
        assertThatThrownBy(() -> TestHost.of(module(MARKER, ALLOCATOR)))
                .isInstanceOf(PluginLoadException.class)
                .hasMessageContainingAll("plugin 'p'", "no memory");
    }

    /** It would pass every request, because nobody asks it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(param i64 i32 i32) (result i32)",
                "(param i32 i32 i32) (result i64)",
                "(param i32 i32 i32 i32 i32 i32) (result i32)"
            })
    void refusesAModuleWithACallbackThatCannotBeCalled(String type) {
        String callback = "(func (export \"proxy_on_request_headers\") " + type + " (unreachable))";
        assertThatThrownBy(() -> TestHost.of(module(MARKER, MEMORY, ALLOCATOR, callback)))
                .isInstanceOf(PluginLoadException.class)
                .hasMessageContainingAll(
                        "plugin 'p'", "proxy_on_request_headers", "num_headers, end_of_stream, all i32");
    }

    @Test
    void takesACallbackThatReturnsNothingForOneThatAgrees() {
        PluginConfig plugin = module(
                MARKER,
                MEMORY,
                ALLOCATOR,
                "(func (export \"proxy_on_vm_start\") (param i32 i32))",
                "(func (export \"proxy_on_configure\") (param i32 i32))",
                "(func (export \"proxy_on_request_headers\") (param i32 i32 i32))");
        try (TestHost host = TestHost.of(plugin);
                TestExchange exchange = host.get()) {
            assertThat(exchange.passes()).isTrue();
        }
    }

    @Test
    void refusesAModuleWithoutAnAllocator() {
        assertThatThrownBy(() -> TestHost.of(module(MARKER, MEMORY)))
                .isInstanceOf(PluginLoadException.class)
                .hasMessageContainingAll("plugin 'p'", "no allocator", "malloc");
    }

    /** A TinyGo module declares 0.1.0 and has the third parameter; an old Rust module does not. */
    @ParameterizedTest
    @CsvSource({
        "'(param $id i32) (param $count i32)', (i32.const 7)",
        "'(param $id i32) (param $count i32) (param $end i32)', (local.get $end)",
    })
    void passesAsManyArgumentsAsTheCallbackTakes(String parameters, String end) {
        PluginConfig plugin = module(
                "(func (export \"proxy_abi_version_0_1_0\"))",
                MEMORY,
                ALLOCATOR,
                "(func (export \"proxy_on_request_headers\") " + parameters + " (result i32)",
                "(if (i32.ne (local.get $count) (i32.const 4)) (then (unreachable)))",
                "(if (i32.eqz " + end + ") (then (unreachable)))",
                "(i32.const 0))");
        try (TestHost host = TestHost.of(plugin);
                TestExchange exchange = host.get()) {
            assertThat(exchange.bodylessRequest()).isEqualTo(Outcome.FORWARD);
        }
    }
}
