// HTTP calls; the request goes on, or is refused, with the answer.
import {
  Context,
  FilterHeadersStatusValues,
  GrpcStatusValues,
  HeaderPair,
  RootContext,
  WasmResultValues,
  continue_response,
  send_local_response,
  stream_context,
} from "@solo-io/proxy-runtime";
import { BaseContext, BufferTypeValues, Headers, get_buffer_bytes } from "@solo-io/proxy-runtime/runtime";
import { show, statusName } from "./services";

type Answered = (exchange: Context, headers: u32, size: usize, trailers: u32) => void;

export function call(
  plugin: RootContext,
  exchange: Context,
  subject: string,
  upstream: string,
  question: string,
  timeout: u32
): FilterHeadersStatusValues {
  let answered: Answered = goOn;
  if (subject == "call-deny") answered = refuse;
  if (subject == "call-stop") answered = stop;
  if (subject == "call-response") answered = goOnWithResponse;
  let result = dispatch(plugin, exchange, upstream, question, timeout, answered);
  if (result == WasmResultValues.Ok) return FilterHeadersStatusValues.StopIteration;
  show("x-call-refused", statusName(result));
  return FilterHeadersStatusValues.Continue;
}

export function dispatch(
  plugin: RootContext,
  asking: BaseContext,
  upstream: string,
  question: string,
  timeout: u32,
  answered: Answered
): WasmResultValues {
  let headers: Headers = [
    pair(":method", "POST"),
    pair(":path", "/call?a=b"),
    pair(":authority", "guest.example"),
    pair("x-guest", "assemblyscript"),
  ];
  let trailers: Headers = [pair("x-guest-trailer", "sent")];
  return plugin.httpCall(upstream, headers, String.UTF8.encode(question), trailers, timeout, asking, answered);
}

// The runtime sets the effective context before it calls these.

function refuse(exchange: Context, headers: u32, size: usize, trailers: u32): void {
  let body = String.UTF8.encode(answer(size));
  send_local_response(403, "", body, [pair("x-denied-by", "assemblyscript")], GrpcStatusValues.InvalidCode);
}

function stop(exchange: Context, headers: u32, size: usize, trailers: u32): void {
  throw new Error("the guest stops in a callback on purpose");
}

function goOnWithResponse(exchange: Context, headers: u32, size: usize, trailers: u32): void {
  stream_context.headers.response.add("x-call-body", answer(size));
  continue_response();
}

function goOn(exchange: Context, headers: u32, size: usize, trailers: u32): void {
  show("x-call-any", headers > 0 ? "true" : "false");
  show("x-call-body", answer(size));
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

/** The body of what came; there is none to get of a call that failed. */
export function answer(size: usize): string {
  if (size == 0) return "";
  return String.UTF8.decode(get_buffer_bytes(BufferTypeValues.HttpCallResponseBody, 0, size as u32));
}

function pair(name: string, value: string): HeaderPair {
  return new HeaderPair(String.UTF8.encode(name), String.UTF8.encode(value));
}
