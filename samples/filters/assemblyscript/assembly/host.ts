// What @solo-io/proxy-runtime 0.1.8 lacks: it can read the body buffers but not write them.
import { BufferTypeValues, WasmResultValues, log, LogLevelValues } from "@solo-io/proxy-runtime/runtime";

// @ts-ignore: decorator
@external("env", "proxy_set_buffer_bytes")
declare function proxy_set_buffer_bytes(type: u32, start: u32, length: u32, data: usize, size: usize): u32;

/** Replaces everything the host holds of a body. */
export function replaceBody(type: BufferTypeValues, size: usize, body: string): void {
  let bytes = String.UTF8.encode(body);
  let result = proxy_set_buffer_bytes(type, 0, size as u32, changetype<usize>(bytes), bytes.byteLength);
  if (result != WasmResultValues.Ok) {
    log(LogLevelValues.error, "sample-filter: cannot replace a body: status " + result.toString());
  }
}
