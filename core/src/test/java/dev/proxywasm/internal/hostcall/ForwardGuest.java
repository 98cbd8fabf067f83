package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxywasm.internal.wasm.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The text of {@code wat/hostcall/forward.wat}: a guest that imports every function of the table, exports it again, and calls what request
 * headers tell it to.
 *
 * <p>{@code x-calls} holds calls with their arguments ({@link Calls}); what they answered goes to {@code x-answers}, a letter each, A for 0,
 * and behind it how many calls there were in all, as eight digits of base 16 from a to p.
 * {@code x-random} holds a seed and a number of calls with random arguments; an answer that is no status stops the guest.
 */
final class ForwardGuest {

    /** The fixture, as {@code TestHost} names it. */
    static final String FIXTURE = "hostcall/forward";

    /** What does not return is left out. */
    private static final List<HostFunction> ROWS = HostcallTable.rows().stream()
            .filter(row -> !row.name().equals("abort") && !row.name().equals("proc_exit"))
            .toList();

    private static final String HEAD =
            """
            ;; Made by ForwardGuest from the table of host functions; ForwardGuestTest says how. Changes by hand are lost.
            ;;
            ;; Purpose: any hostcall with any arguments, on the real engine. Imports: every function of the table that returns, and exports each
            ;; again. Expected: answers go to the request header x-answers; an answer to a random call that is no status is a trap.
            (module
            """;

    private static final String CODE =
            """
              (memory (export "memory") 4)
              (data $names "x-callsx-randomx-answers")
              (global $seed (mut i64) (i64.const 0))
              (global $cursor (mut i32) (i32.const 0))
              (global $end (mut i32) (i32.const 0))
              (global $total (mut i32) (i32.const 0))

              ;; The names are written anew each time: random calls may have written over them.
              (func $fetch (param $name i32) (param $size i32) (result i32)
                (memory.init $names (i32.const 64) (i32.const 0) (i32.const 24))
                (global.set $seed (i64.const 0))
                (if (call $proxy_get_header_map_value
                      (i32.const 0) (local.get $name) (local.get $size) (i32.const 16) (i32.const 20))
                  (then (return (i32.const 0))))
                (global.set $cursor (i32.load (i32.const 16)))
                (global.set $end (i32.add (i32.load (i32.const 16)) (i32.load (i32.const 20))))
                (i32.const 1))

              ;; xorshift64
              (func $random (result i64)
                (global.set $seed (i64.xor (global.get $seed) (i64.shl (global.get $seed) (i64.const 13))))
                (global.set $seed (i64.xor (global.get $seed) (i64.shr_u (global.get $seed) (i64.const 7))))
                (global.set $seed (i64.xor (global.get $seed) (i64.shl (global.get $seed) (i64.const 17))))
                (global.get $seed))

              ;; The next argument: from the list of calls, or random, of any magnitude and often near the end of memory.
              (func $long (result i64)
                (local $value i64)
                (if (i64.eqz (global.get $seed))
                  (then
                    (local.set $value (i64.load (global.get $cursor)))
                    (global.set $cursor (i32.add (global.get $cursor) (i32.const 8)))
                    (return (local.get $value))))
                (local.set $value (i64.shr_s (call $random) (i64.and (call $random) (i64.const 63))))
                (if (result i64) (i64.eqz (i64.and (call $random) (i64.const 7)))
                  (then (i64.add (i64.const 0x40000) (i64.shr_s (local.get $value) (i64.const 60))))
                  (else (local.get $value))))
              (func $int (result i32) (i32.wrap_i64 (call $long)))

              (func (export "proxy_abi_version_0_2_1"))
              (func (export "proxy_on_memory_allocate") (param $size i32) (result i32)
                (if (i64.ne (global.get $seed) (i64.const 0))
                  (then (if (i64.eqz (i64.and (call $random) (i64.const 15))) (then (return (call $int))))))
                (i32.const 0x10000))

              (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
                (local $out i32) (local $count i32)
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
                (if (call $fetch (i32.const 71) (i32.const 8))
                  (then
                    (local.set $count (call $int))
                    (global.set $seed (call $long))
                    (loop $calls
                      (if (i32.gt_u (call $call (i32.wrap_i64 (i64.rem_u (call $random) (i64.const %d)))) (i32.const 76))
                        (then (unreachable)))
                      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
                      (br_if $calls (local.get $count)))
                    (global.set $seed (i64.const 0))))
                (i32.const 0))

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
            return "(return " + call + ")";
        }
        String dropped = row.type().results().isEmpty() ? call : "(drop " + call + ")";
        return dropped + " (return (i32.const 0))";
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

    /** The value of {@code x-random}. */
    static String random(long seed, int calls) {
        return latin1(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(calls)
                .putLong(seed));
    }

    /** A list of calls, for {@code x-calls}: for each, the number of the function and its arguments, eight bytes each. */
    static final class Calls {
        private final ByteBuffer bytes = ByteBuffer.allocate(65536).order(ByteOrder.LITTLE_ENDIAN);

        /** Adds a call. */
        Calls add(String function, long... arguments) {
            HostFunction row = ROWS.stream()
                    .filter(known -> known.name().equals(function))
                    .findFirst()
                    .orElseThrow();
            if (row.params().size() != arguments.length) {
                throw new IllegalArgumentException(
                        function + " has " + row.params().size() + " parameters");
            }
            bytes.putLong(ROWS.indexOf(row));
            for (long argument : arguments) {
                bytes.putLong(argument);
            }
            return this;
        }

        /** The header's value. */
        String value() {
            return latin1(bytes);
        }
    }

    private static String latin1(ByteBuffer bytes) {
        return ISO_8859_1.decode(bytes.flip()).toString();
    }
}
