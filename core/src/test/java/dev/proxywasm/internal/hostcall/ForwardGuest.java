package dev.proxywasm.internal.hostcall;

import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.wasm.ValueType;
import dev.proxywasm.testing.SpecIndex;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The text of {@code wat/hostcall/forward.wat}: a guest that imports every function of the table, exports it again, and calls what request
 * headers tell it to ({@link Calls}).
 *
 * <ul>
 *   <li>{@code x-memory}: bytes that it has at {@link #MEMORY}
 *   <li>{@code x-calls}: calls with their arguments. What they answered goes to {@code x-answers}, a letter each, A for 0, and behind it how
 *       many calls there were in all, as eight digits of base 16 from a to p. A call of {@link #SHOW} hands the bytes that two result slots
 *       name to the shared queue {@code shown}
 *   <li>{@code x-random}: a number of calls and a seed; functions and arguments are random
 *   <li>{@code x-mutated}: likewise, and calls, made in turn, of whose arguments one in eight is random
 * </ul>
 *
 * <p>After random calls every callback makes a few more. An answer to one of them that the index does not have for that function ends the
 * guest by {@code proc_exit}, whose code is the number of the function times 100 plus the answer.
 */
final class ForwardGuest {

    /** The fixture, as {@code TestHost} names it. */
    static final String FIXTURE = "hostcall/forward";

    /** Where {@code x-memory} lies. */
    static final int MEMORY = 0x10000;

    /** Where memory ends. */
    static final int END = 0x40000;

    /** What does not return is left out. */
    static final List<HostFunction> ROWS = HostcallTable.rows().stream()
            .filter(row -> !row.name().equals("abort") && !row.name().equals("proc_exit"))
            .toList();

    /** The number of what is no function of the host. */
    static final int SHOW = ROWS.size();

    private static final String HEAD =
            """
            ;; Made by ForwardGuest from the table of host functions; ForwardGuestTest says how. Changes by hand are lost.
            ;;
            ;; Purpose: any hostcall with any arguments, on the real engine. Imports: every function of the table that returns, and exports each
            ;; again. Expected: answers go to the request header x-answers; an answer to a random call that is not in the index ends the guest.
            (module
              (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
            """;

    private static final String CODE =
            """
              (memory (export "memory") 4)
              (data $names "x-callsx-randomx-answersx-memoryx-mutatedshown")
              (global $seed (mut i64) (i64.const 0))      ;; 0 while calls are not random
              (global $later (mut i64) (i64.const 0))     ;; the seed of callbacks
              (global $mutating (mut i32) (i32.const 0))
              (global $begin (mut i32) (i32.const 0))
              (global $cursor (mut i32) (i32.const 0))
              (global $end (mut i32) (i32.const 0))
              (global $total (mut i32) (i32.const 0))
              (global $heap (mut i32) (i32.const 0x10000))

              ;; The names are written anew each time: random calls may have written over them.
              (func $fetch (param $name i32) (param $size i32) (result i32)
                (memory.init $names (i32.const 64) (i32.const 0) (i32.const 46))
                (global.set $seed (i64.const 0))
                (if (call $proxy_get_header_map_value
                      (i32.const 0) (local.get $name) (local.get $size) (i32.const 16) (i32.const 20))
                  (then (return (i32.const 0))))
                (global.set $cursor (i32.load (i32.const 16)))
                (global.set $begin (global.get $cursor))
                (global.set $end (i32.add (i32.load (i32.const 16)) (i32.load (i32.const 20))))
                (i32.const 1))

              ;; xorshift64
              (func $random (result i64)
                (global.set $seed (i64.xor (global.get $seed) (i64.shl (global.get $seed) (i64.const 13))))
                (global.set $seed (i64.xor (global.get $seed) (i64.shr_u (global.get $seed) (i64.const 7))))
                (global.set $seed (i64.xor (global.get $seed) (i64.shl (global.get $seed) (i64.const 17))))
                (global.get $seed))

              ;; Of any magnitude, and often near the end of memory.
              (func $wild (result i64)
                (local $value i64)
                (local.set $value (i64.shr_s (call $random) (i64.and (call $random) (i64.const 63))))
                (if (result i64) (i64.eqz (i64.and (call $random) (i64.const 7)))
                  (then (i64.add (i64.const 0x40000) (i64.shr_s (local.get $value) (i64.const 60))))
                  (else (local.get $value))))

              ;; The next number of the list; after the last comes the first.
              (func $listed (result i64)
                (if (i32.ge_u (global.get $cursor) (global.get $end)) (then (global.set $cursor (global.get $begin))))
                (global.set $cursor (i32.add (global.get $cursor) (i32.const 8)))
                (i64.load (i32.sub (global.get $cursor) (i32.const 8))))

              ;; The next argument.
              (func $long (result i64)
                (if (i64.eqz (global.get $seed)) (then (return (call $listed))))
                (if (i32.eqz (global.get $mutating)) (then (return (call $wild))))
                (select (call $listed) (call $wild) (i64.ne (i64.and (call $random) (i64.const 7)) (i64.const 0))))
              (func $int (result i32) (i32.wrap_i64 (call $long)))

              ;; Fails unless the bit of that status is set; 76 is above all others and has the highest.
              (func $checked (param $function i32) (param $status i32) (param $allowed i64) (result i32)
                (local $bit i32)
                (local.set $bit (select (i32.const 63) (local.get $status) (i32.eq (local.get $status) (i32.const 76))))
                (if (i64.eqz (global.get $seed)) (then (return (local.get $status))))
                (if (i32.le_u (local.get $bit) (i32.const 63)) (then
                  (br_if 1 (local.get $status) (i32.wrap_i64 (i64.and (i64.const 1)
                    (i64.shr_u (local.get $allowed) (i64.extend_i32_u (local.get $bit))))))
                  (drop)))
                (call $proc_exit (i32.add (i32.mul (local.get $function) (i32.const 100)) (local.get $status)))
                (unreachable))

              (func $run (param $count i32)
                (loop $calls
                  (drop (call $call (i32.wrap_i64 (i64.rem_u
                    (if (result i64) (global.get $mutating) (then (call $listed)) (else (call $random)))
                    (i64.const %1$d)))))
                  (local.set $count (i32.sub (local.get $count) (i32.const 1)))
                  (br_if $calls (local.get $count)))
                (global.set $later (global.get $seed))
                (global.set $seed (i64.const 0)))

              (func $again
                (if (i64.eqz (global.get $later)) (then (return)))
                (global.set $seed (global.get $later))
                (global.set $mutating (i32.const 0))
                (call $run (i32.const 10)))

              ;; Appends the bytes that two slots name to the queue.
              (func $show (param $ptr i32) (param $size i32) (result i32)
                (drop (call $proxy_register_shared_queue (i32.const 105) (i32.const 5) (i32.const 24)))
                (call $proxy_enqueue_shared_queue (i32.load (i32.const 24))
                  (i32.load (local.get $ptr)) (i32.load (local.get $size))))

              (func (export "proxy_abi_version_0_2_1"))
              (func (export "proxy_on_memory_allocate") (param $size i32) (result i32)
                (local $at i32)
                (if (i64.ne (global.get $seed) (i64.const 0))
                  (then (if (i64.eqz (i64.and (call $random) (i64.const 15)))
                    (then (return (i32.wrap_i64 (call $wild)))))))
                (if (i32.gt_u (local.get $size) (i32.const 0x10000)) (then (return (i32.const 0))))
                (if (i32.gt_u (i32.add (global.get $heap) (local.get $size)) (i32.const 0x30000))
                  (then (global.set $heap (i32.const 0x20000))))
                (local.set $at (global.get $heap))
                (global.set $heap (i32.add (local.get $at) (local.get $size)))
                (local.get $at))

              (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
                (local $out i32) (local $count i32) (local $seed i64)
                (global.set $heap (i32.const 0x10000))
                (drop (call $fetch (i32.const 88) (i32.const 8)))
                (local.set $out (i32.const 0x30000))
                (if (call $fetch (i32.const 64) (i32.const 7))
                  (then
                    (loop $calls
                      (if (i32.lt_u (global.get $cursor) (global.get $end))
                        (then
                          (i32.store8 (local.get $out) (i32.add (i32.const 65) (call $call (call $int))))
                          (local.set $out (i32.add (local.get $out) (i32.const 1)))
                          (br $calls))))
                    (local.set $count (i32.const 32))
                    (loop $digits
                      (local.set $count (i32.sub (local.get $count) (i32.const 4)))
                      (i32.store8 (local.get $out) (i32.add (i32.const 97)
                        (i32.and (i32.shr_u (global.get $total) (local.get $count)) (i32.const 15))))
                      (local.set $out (i32.add (local.get $out) (i32.const 1)))
                      (br_if $digits (local.get $count)))
                    (drop (call $proxy_add_header_map_value (i32.const 0) (i32.const 79) (i32.const 9)
                      (i32.const 0x30000) (i32.sub (local.get $out) (i32.const 0x30000))))))
                (global.set $mutating (i32.const 0))
                (if (i32.and (call $fetch (i32.const 71) (i32.const 8)) (i32.ne (global.get $begin) (global.get $end)))
                  (then
                    (local.set $count (call $int))
                    (global.set $seed (call $long))
                    (call $run (local.get $count))))
                (if (i32.and (call $fetch (i32.const 96) (i32.const 9)) (i32.ne (global.get $begin) (global.get $end)))
                  (then
                    (local.set $count (call $int))
                    (local.set $seed (call $long))
                    (global.set $begin (global.get $cursor))
                    (global.set $mutating (i32.const 1))
                    (global.set $seed (local.get $seed))
                    (call $run (local.get $count))))
                (i32.const 0))

              (func (export "proxy_on_tick") (param i32) (call $again))
              (func (export "proxy_on_queue_ready") (param i32 i32) (call $again))
              (func (export "proxy_on_foreign_function") (param i32 i32 i32) (call $again))
              (func (export "proxy_on_http_call_response") (param i32 i32 i32 i32 i32) (call $again))
              (func (export "proxy_on_grpc_receive_initial_metadata") (param i32 i32 i32) (call $again))
              (func (export "proxy_on_grpc_receive") (param i32 i32 i32) (call $again))
              (func (export "proxy_on_grpc_receive_trailing_metadata") (param i32 i32 i32) (call $again))
              (func (export "proxy_on_grpc_close") (param i32 i32 i32) (call $again))
              (func (export "envoy_on_resolve_dns") (param i32 i32 i32) (call $again))

            """;

    private ForwardGuest() {}

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        ROWS.forEach(row -> text.append("  (import \"%s\" \"%s\" (func $%s%s))\n"
                .formatted(row.modules().get(0), row.name(), row.name(), type(row))));
        text.append(CODE.formatted(ROWS.size()));
        ROWS.forEach(row -> text.append("  (export \"%s\" (func $%s))\n".formatted(row.name(), row.name())));
        return text.append("\n  ;; Calls the function of that number; answers 0 for those without a status.\n")
                .append("  (func $call (param $function i32) (result i32)\n")
                .append("    (global.set $total (i32.add (global.get $total) (i32.const 1)))\n")
                .append("    (if (i32.eq (local.get $function) (i32.const %d))\n".formatted(SHOW))
                .append("      (then (return (call $show (call $int) (call $int)))))\n")
                .append(dispatch())
                .append("  (unreachable)))\n")
                .toString();
    }

    /** Blocks within blocks: behind the end of the n-th, the n-th function is called. */
    private static String dispatch() {
        String blocks = "    " + "(block ".repeat(ROWS.size()) + "\n    (br_table "
                + IntStream.range(0, ROWS.size()).mapToObj(Integer::toString).collect(Collectors.joining(" "))
                + " (local.get $function))";
        return blocks + ROWS.stream().map(row -> ")\n    " + call(row)).collect(Collectors.joining()) + "\n  ";
    }

    private static String call(HostFunction row) {
        String arguments = row.params().stream()
                .map(param -> param.type() == ValueType.I64 ? " (call $long)" : " (call $int)")
                .collect(Collectors.joining());
        String call = "(call $" + row.name() + arguments + ")";
        if (row.convention() != Convention.VALUE) {
            return "(return (call $checked (local.get $function) %s (i64.const 0x%x)))".formatted(call, allowed(row));
        }
        String dropped = row.type().results().isEmpty() ? call : "(drop " + call + ")";
        return dropped + " (return (i32.const 0))";
    }

    /** The statuses that the index has for a function, a bit each; of the errnos the highest, 76, has the highest bit. */
    private static long allowed(HostFunction row) {
        boolean isWasi = row.convention() == Convention.ERRNO;
        return SpecIndex.statuses(row.name()).stream()
                .mapToInt(status -> isWasi
                        ? Errno.valueOf(status).code()
                        : Status.valueOf(status).code())
                .mapToLong(code -> 1L << Math.min(code, 63))
                .reduce(0, (some, bit) -> some | bit);
    }

    private static String type(HostFunction row) {
        return declaration(" (param", row.type().params())
                + declaration(" (result", row.type().results());
    }

    private static String declaration(String keyword, List<ValueType> types) {
        return types.isEmpty()
                ? ""
                : types.stream().map(ValueType::watName).collect(Collectors.joining(" ", keyword + " ", ")"));
    }
}
