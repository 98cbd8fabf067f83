// What @solo-io/proxy-runtime 0.1.8 lacks: it can read the body buffers but not write them.
import { BufferTypeValues, get_buffer_bytes } from "@solo-io/proxy-runtime/runtime";

// @ts-ignore: decorator
@external("env", "proxy_set_buffer_bytes")
declare function proxy_set_buffer_bytes(type: u32, start: u32, length: u32, data: usize, size: usize): u32;

/** Replaces everything the host holds of a body; a request's gets a mark before and behind it as well. */
export function rewriteBody(type: BufferTypeValues, name: string, size: usize): void {
  let body = String.UTF8.decode(get_buffer_bytes(type, 0, size as u32));
  set(type, 0, u32.MAX_VALUE, name + "(" + body + ")");
  if (type == BufferTypeValues.HttpRequestBody) {
    set(type, 0, 0, "<");
    set(type, u32.MAX_VALUE, 0, ">");
  }
}

function set(type: BufferTypeValues, start: u32, length: u32, text: string): void {
  let bytes = String.UTF8.encode(text);
  if (proxy_set_buffer_bytes(type, start, length, changetype<usize>(bytes), bytes.byteLength) != 0) {
    throw new Error("a body cannot be replaced");
  }
}
