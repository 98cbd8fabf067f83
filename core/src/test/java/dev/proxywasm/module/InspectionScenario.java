package dev.proxywasm.module;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A main class: inspects a small module, and prints the report. */
final class InspectionScenario {

    private static final String GUEST =
            """
            (module
              (memory (export "memory") 1)
              (func (export "proxy_abi_version_0_2_1"))
              (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024)))
            """;

    private InspectionScenario() {}

    public static void main(String[] arguments) {
        System.out.println(ModuleInspection.of(GUEST.getBytes(UTF_8)).report());
    }
}
