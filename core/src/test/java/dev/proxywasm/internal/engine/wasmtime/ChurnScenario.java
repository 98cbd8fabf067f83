package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.Guest;
import dev.proxywasm.internal.engine.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A main class: makes and closes instances, and prints how memory mappings and resident memory grew. Linux only. */
final class ChurnScenario {

    private static final int WARM_UP = 500;
    private static final int CYCLES = 2000;
    private static final String WAT =
            """
            (module
              (import "env" "host" (func $host (result i32)))
              (memory (export "memory") 4)
              (func (export "alloc") (param i32) (result i32) (i32.const 8))
              (func (export "a") (result i32) (i32.store (i32.const 200000) (i32.const 1)) (call $host)))
            """;

    private ChurnScenario() {}

    public static void main(String[] arguments) throws IOException {
        try (Guest guest = TestEngine.WASMTIME.guest(WAT, Guest.ZERO)) {
            cycle(guest, WARM_UP);
            System.gc();
            int maps = maps();
            long kib = residentKib();
            cycle(guest, CYCLES);
            System.gc();
            System.out.printf("maps %+d%nresident KiB %+d%n", maps() - maps, residentKib() - kib);
        }
    }

    private static void cycle(Guest guest, int times) {
        for (int i = 0; i < times; i++) {
            try (var instance = guest.module.instantiate(Guest.spec((index, frame) -> frame.returnI32(1)))) {
                guest.calls.clear();
                guest.calls.add(0, 0, 0, 0, 0, 0);
                instance.run(guest.calls, Guest.SECOND);
            }
        }
    }

    private static int maps() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).size();
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
