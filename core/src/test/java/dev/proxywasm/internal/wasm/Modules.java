package dev.proxywasm.internal.wasm;

import static dev.proxywasm.internal.wasm.WasmAssembler.EXTERNREF;
import static dev.proxywasm.internal.wasm.WasmAssembler.F32;
import static dev.proxywasm.internal.wasm.WasmAssembler.F64;
import static dev.proxywasm.internal.wasm.WasmAssembler.FUNC;
import static dev.proxywasm.internal.wasm.WasmAssembler.FUNCREF;
import static dev.proxywasm.internal.wasm.WasmAssembler.GLOBAL;
import static dev.proxywasm.internal.wasm.WasmAssembler.I32;
import static dev.proxywasm.internal.wasm.WasmAssembler.I64;
import static dev.proxywasm.internal.wasm.WasmAssembler.MEMORY;
import static dev.proxywasm.internal.wasm.WasmAssembler.TABLE;
import static dev.proxywasm.internal.wasm.WasmAssembler.V128;
import static dev.proxywasm.internal.wasm.WasmAssembler.bytes;
import static dev.proxywasm.internal.wasm.WasmAssembler.concat;
import static dev.proxywasm.internal.wasm.WasmAssembler.exported;
import static dev.proxywasm.internal.wasm.WasmAssembler.functionType;
import static dev.proxywasm.internal.wasm.WasmAssembler.imported;
import static dev.proxywasm.internal.wasm.WasmAssembler.list;
import static dev.proxywasm.internal.wasm.WasmAssembler.min;
import static dev.proxywasm.internal.wasm.WasmAssembler.minMax;
import static dev.proxywasm.internal.wasm.WasmAssembler.table;

/** Modules that several tests use. */
final class Modules {

    private Modules() {}

    /** A module with every kind of section and of import, a start function, and all constant expressions. */
    static byte[] full() {
        return WasmAssembler.module()
                .custom("producers", 1, 2, 3)
                .types(
                        functionType(list(), list()),
                        functionType(list(I32, I64, F32, F64), list(I32, I64)),
                        functionType(list(I32), list(I32)))
                .imports(
                        imported("env", "proxy_log", FUNC, bytes(1)),
                        imported("wasi_snapshot_preview1", "fd_write", FUNC, bytes(2)),
                        imported("env", "table", TABLE, table(FUNCREF, minMax(1, 10))),
                        imported("wasi_snapshot_preview1", "fd_write", FUNC, bytes(2)),
                        imported("env", "counter", GLOBAL, bytes(I64, 1)))
                .functions(0, 2)
                .tables(table(EXTERNREF, min(2)))
                .memories(minMax(2, 100))
                .globals(
                        bytes(I32, 0, 0x41, 0xE5, 0x8E, 0x26, 0x0B),
                        bytes(I64, 0, 0x42, 0x7F, 0x0B),
                        bytes(F32, 1, 0x43, 0, 0, 0x80, 0x3F, 0x0B),
                        bytes(F64, 1, 0x44, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0x0B),
                        concat(bytes(V128, 0, 0xFD, 0x0C), new byte[16], bytes(0x0B)),
                        bytes(I64, 0, 0x23, 0, 0x0B),
                        bytes(FUNCREF, 0, 0xD2, 3, 0x0B),
                        bytes(EXTERNREF, 0, 0xD0, 0x6F, 0x0B))
                .exports(
                        exported("proxy_on_memory_allocate", FUNC, 4),
                        exported("memory", MEMORY, 0),
                        exported("_initialize", FUNC, 3),
                        exported("log", FUNC, 0),
                        exported("own-table", TABLE, 1),
                        exported("counter", GLOBAL, 0),
                        exported("pi", GLOBAL, 4))
                .start(3)
                .vector(9)
                .section(12, bytes(0))
                .section(10, bytes(2), bytes(2, 0, 0x0B), bytes(4, 0, 0x20, 0, 0x0B))
                .vector(11)
                .custom("name", 0, 1, 0)
                .build();
    }
}
