package dev.proxywasm.internal.hostcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.Import;
import dev.proxywasm.internal.wasm.ValueType;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class HostcallTableTest {

    private static final FunctionType NO_ARGUMENTS = new FunctionType(List.of(), List.of());

    private final FakeGuest guest = new FakeGuest();

    /** Filters of headers, bodies, properties and metrics cannot, and their streams need no lock for each hostcall. */
    @Test
    void knowsByWhichFunctionsGuestsActOutsideOfTheirCallbacks() {
        assertThat(HostcallTable.rows().stream()
                        .filter(row -> row.modules().contains(HostFunction.ENV))
                        .filter(row -> LinkedHostcalls.link(
                                        FakeGuest.module(new Import(HostFunction.ENV, row.name(), row.type())),
                                        Set.of())
                                .actOutsideOfCallbacks())
                        .map(HostFunction::name)
                        .distinct())
                .containsExactlyInAnyOrder(
                        "proxy_set_effective_context",
                        "proxy_http_call",
                        "proxy_grpc_call",
                        "proxy_grpc_stream",
                        "proxy_call_foreign_function");
    }

    /** The master table of the specification, and the functions of 0.1.0: name and number of parameters, in order. */
    @Test
    void hasEveryFunctionOfTheSpecificationInItsOrder() {
        String functions = HostcallTable.rows().stream()
                .filter(row -> row.name().startsWith("proxy_"))
                .map(row -> row.name().substring("proxy_".length()) + " "
                        + row.params().size())
                .collect(Collectors.joining("\n"));

        assertThat(functions)
                .isEqualTo(
                        """
                log 3
                get_log_level 1
                get_current_time_nanoseconds 1
                set_tick_period_milliseconds 1
                set_effective_context 1
                done 0
                get_buffer_bytes 5
                get_buffer_status 3
                set_buffer_bytes 5
                get_header_map_pairs 3
                set_header_map_pairs 3
                get_header_map_value 5
                add_header_map_value 5
                replace_header_map_value 5
                remove_header_map_value 3
                get_header_map_size 2
                continue_stream 1
                close_stream 1
                send_local_response 8
                http_call 10
                grpc_call 12
                grpc_stream 9
                grpc_send 4
                grpc_cancel 1
                grpc_close 1
                get_status 3
                get_shared_data 5
                set_shared_data 5
                register_shared_queue 3
                resolve_shared_queue 5
                enqueue_shared_queue 3
                dequeue_shared_queue 3
                define_metric 4
                increment_metric 2
                record_metric 2
                get_metric 2
                get_property 4
                set_property 4
                call_foreign_function 6
                get_configuration 2
                continue_request 0
                continue_response 0
                clear_route_cache 0""");
    }

    @Test
    void everyProxyFunctionReturnsAStatusAndTakesI64OnlyForMetrics() {
        List<HostFunction> proxy = HostcallTable.rows().stream()
                .filter(row -> row.name().startsWith("proxy_"))
                .toList();

        assertThat(proxy).allMatch(row -> row.results().equals(List.of(ValueType.I32)));
        assertThat(proxy.stream()
                        .filter(row -> row.type().params().contains(ValueType.I64))
                        .map(HostFunction::name))
                .containsExactly("proxy_increment_metric", "proxy_record_metric");
    }

    @ParameterizedTest
    @CsvSource({
        "emscripten_notify_memory_growth, (i32) -> ()",
        "pthread_equal, '(i32, i32) -> (i32)'",
        "envoy_resolve_dns, '(i32, i32, i32) -> (i32)'",
        "abort, '(i32, i32, i32, i32) -> ()'",
        "seed, () -> (f64)"
    })
    void hasTheFunctionsOfCompilersAndOfEnvoy(String name, String type) {
        assertThat(FakeGuest.row("env", name).type()).hasToString(type);
    }

    @Test
    void startFunctionsMayUseWasiAndLogAndTime() {
        assertThat(HostcallTable.rows().stream()
                        .filter(row -> !row.isUsableIn(CallPhase.START))
                        .map(HostFunction::name))
                .allMatch(name -> name.startsWith("proxy_") || name.equals("envoy_resolve_dns"))
                .doesNotContain("proxy_log", "proxy_get_log_level", "proxy_get_current_time_nanoseconds");
    }

    @Test
    void allocatorsMayUseLittle() {
        assertThat(HostcallTable.rows().stream()
                        .filter(row -> row.isUsableIn(CallPhase.ALLOCATION))
                        .map(HostFunction::name))
                .containsExactlyInAnyOrder(
                        "proxy_log",
                        "fd_write",
                        "clock_time_get",
                        "poll_oneoff",
                        "sched_yield",
                        "proc_exit",
                        "emscripten_notify_memory_growth",
                        "pthread_equal",
                        "abort",
                        "seed");
    }

    @ParameterizedTest
    @EnumSource(
            value = CallPhase.class,
            names = {"START", "ALLOCATION"})
    void stopsAGuestThatCallsAtTheWrongTime(CallPhase phase) {
        guest.scope.phase = phase;

        assertThatThrownBy(() -> guest.call("proxy_done"))
                .isInstanceOf(GuestViolation.class)
                .hasMessageStartingWith("calls proxy_done ");
    }

    @Test
    void linksAnUnknownImportToARowThatStopsTheGuest() {
        Import unknown = new Import("env", "proxy_make_tea", NO_ARGUMENTS);

        assertThat(LinkedHostcalls.unknownImports(FakeGuest.module(unknown, unknown)))
                .containsExactly("env.proxy_make_tea");
        assertThatThrownBy(() -> guest.invoke(unknown, Set.of()))
                .isInstanceOf(GuestViolation.class)
                .hasMessage("calls env.proxy_make_tea, which this host does not have");
    }

    @ParameterizedTest
    @EnumSource(CallPhase.class)
    void linksAnImportOfAnotherTypeToARowThatNamesBothTypes(CallPhase phase) {
        Import odd = new Import("env", "proxy_log", NO_ARGUMENTS);
        guest.scope.phase = phase;

        assertThat(LinkedHostcalls.unknownImports(FakeGuest.module(odd))).containsExactly("env.proxy_log");
        assertThatThrownBy(() -> guest.invoke(odd, Set.of()))
                .isInstanceOf(GuestViolation.class)
                .hasMessage("imports env.proxy_log as () -> (), but its type is (i32, i32, i32) -> (i32)");
    }

    @Test
    void aProxyFunctionIsNotKnownUnderTheNameOfWasi() {
        Import misplaced = new Import(
                "wasi_snapshot_preview1",
                "proxy_done",
                FakeGuest.row("env", "proxy_done").type());

        assertThat(LinkedHostcalls.unknownImports(FakeGuest.module(misplaced)))
                .containsExactly("wasi_snapshot_preview1.proxy_done");
    }

    @Test
    void escapesNamesThatAModuleChose() {
        Import unknown = new Import("env", "a\nb", NO_ARGUMENTS);

        assertThatThrownBy(() -> guest.invoke(unknown, Set.of())).hasMessageContaining("env.a\\nb");
    }

    @Test
    void knowsEveryImportOfTheTable() {
        Import[] all = HostcallTable.rows().stream()
                .flatMap(row -> row.modules().stream().map(module -> new Import(module, row.name(), row.type())))
                .toArray(Import[]::new);

        assertThat(LinkedHostcalls.unknownImports(FakeGuest.module(all))).isEmpty();
    }

    @Test
    void answersInternalFailureForADeniedFunctionAndLogsItOnceAPlugin() {
        List<String> errors = errorsOf(() -> {
            LinkedHostcalls linked = denying("env", "proxy_done");
            for (int i = 0; i < 3; i++) {
                assertThat(call(linked)).isEqualTo(Status.INTERNAL_FAILURE.code());
            }
        });

        assertThat(errors).singleElement().asString().contains("'waf'", "proxy_done", "capabilities");
    }

    @Test
    void answersNotCapableForDeniedWasi() {
        errorsOf(() -> assertThat(call(denying("wasi_unstable", "sched_yield"))).isEqualTo(Errno.NOTCAPABLE.code()));
    }

    @Test
    void allowsWhatTheCapabilitiesName() {
        Import imported = new Import(
                "env", "proxy_done", FakeGuest.row("env", "proxy_done").type());

        assertThat(guest.invoke(imported, Set.of("proxy_log", "proxy_done"))).isEqualTo(Status.NOT_FOUND.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"abort", "seed", "emscripten_notify_memory_growth", "pthread_equal"})
    void cannotDenyWhatCompilersNeed(String name) {
        Import imported = new Import("env", name, FakeGuest.row("env", name).type());

        assertThat(HostcallTable.rowFor(imported, Set.of("proxy_log"))).isSameAs(FakeGuest.row("env", name));
    }

    @ParameterizedTest
    @CsvSource({"proxy_grpc_call, 10", "proxy_grpc_stream, 7"})
    void knowsTheShapesOfAssemblyScriptToo(String name, int params) {
        Import older = new Import(
                "env", name, new FunctionType(Collections.nCopies(params, ValueType.I32), List.of(ValueType.I32)));

        assertThat(LinkedHostcalls.unknownImports(FakeGuest.module(older))).isEmpty();
        assertThat(HostcallTable.rowFor(older, Set.of()).type()).isEqualTo(older.type());
        assertThat(guest.invoke(
                        older,
                        Set.of("proxy_log"),
                        Collections.nCopies(params, 0).toArray()))
                .as("where the capabilities leave it out")
                .isEqualTo(Status.INTERNAL_FAILURE.code());
    }

    private static LinkedHostcalls denying(String module, String name) {
        Import imported = new Import(module, name, FakeGuest.row(module, name).type());
        return LinkedHostcalls.link(FakeGuest.module(imported), Set.of("proxy_log"));
    }

    private Object call(LinkedHostcalls linked) {
        FakeFrame frame = new FakeFrame();
        linked.dispatch(guest.scope, 0, frame);
        return frame.result();
    }

    private static List<String> errorsOf(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.proxywasm.hostcall");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
        try {
            action.run();
        } finally {
            logger.detachAppender(lines);
            logger.setAdditive(true);
        }
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
