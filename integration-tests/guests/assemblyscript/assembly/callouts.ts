// HTTP calls; the request goes on, or is refused, with the answer.
import {
  Context,
  FilterHeadersStatusValues,
  GrpcStatusValues,
  HeaderPair,
  RootContext,
  WasmResultValues,
  send_local_response,
  stream_context,
} from "@solo-io/proxy-runtime";
import { BaseContext, BufferTypeValues, Headers, get_buffer_bytes } from "@solo-io/proxy-runtime/runtime";
import { show, statusName } from "./services";

export function call(
  plugin: RootContext,
  exchange: Context,
  upstream: string,
  timeout: u32,
  deny: bool
): FilterHeadersStatusValues {
  let headers: Headers = [
    pair(":method", "POST"),
    pair(":path", "/call?a=b"),
    pair(":authority", "guest.example"),
    pair("x-guest", "assemblyscript"),
  ];
  let trailers: Headers = [pair("x-guest-trailer", "sent")];
  let body = String.UTF8.encode("question");
  let result = plugin.httpCall(upstream, headers, body, trailers, timeout, exchange, deny ? refuse : goOn);
  if (result == WasmResultValues.Ok) return FilterHeadersStatusValues.StopIteration;
  show("x-call-refused", statusName(result));
  return FilterHeadersStatusValues.Continue;
}

/** The runtime has set the effective context. */
function refuse(exchange: Context, headers: u32, size: usize, trailers: u32): void {
  let body = get_buffer_bytes(BufferTypeValues.HttpCallResponseBody, 0, size as u32);
  send_local_response(403, "", body, [pair("x-denied-by", "assemblyscript")], GrpcStatusValues.InvalidCode);
}

function goOn(exchange: Context, headers: u32, size: usize, trailers: u32): void {
  let body = size == 0 ? "" : String.UTF8.decode(get_buffer_bytes(BufferTypeValues.HttpCallResponseBody, 0, size as u32));
  show("x-call-any", headers > 0 ? "true" : "false");
  show("x-call-body", body);
  show("x-call-trailers", trailers.toString());
  if (headers > 0) {
    let first = stream_context.headers.http_callback.get_headers()[0];
    show("x-call-status", String.UTF8.decode(first.key) + " " + String.UTF8.decode(first.value));
    let all = stream_context.trailers.http_callback.get_headers();
    for (let i = 0; i < all.length; i++) {
      show("x-call-trailer", String.UTF8.decode(all[i].key) + "=" + String.UTF8.decode(all[i].value));
    }
  }
  exchange.continueRequest();
}

function pair(name: string, value: string): HeaderPair {
  return new HeaderPair(String.UTF8.encode(name), String.UTF8.encode(value));
}
