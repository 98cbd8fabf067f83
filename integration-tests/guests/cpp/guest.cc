#include "guest.h"

#include <cassert>
#include <cstdio>

using namespace proxy_wasm;

Guest guest;

Guest::Guest() : initialised("by a static initialiser") {}

Exchange *Guest::caller(uint32_t token) {
  auto known = callers.find(token);
  assert(known != callers.end());
  auto exchange = exchanges.find(known->second);
  return exchange == exchanges.end() ? nullptr : &exchange->second;
}

void show(const std::string &name, const std::string &text) { add(Map::RequestHeaders, name, text); }

PROXY_WASM_EXPORT(proxy_on_context_create) void onContextCreate(uint32_t id, uint32_t root) {
  if (root != 0) {
    guest.exchanges[id].id = id;
  }
}

PROXY_WASM_EXPORT(proxy_on_configure) uint32_t onConfigure(uint32_t, uint32_t) {
  must(proxy_set_tick_period_milliseconds(20));
  std::string name = "guest-queue";
  must(proxy_register_shared_queue(name.data(), name.size(), &guest.queue));
  guest.ticks = defineMetric(Metric::Counter, "guest.ticks");
  return 1;
}

// Lets the requests go on that wait for it, each from the root context.
PROXY_WASM_EXPORT(proxy_on_tick) void onTick(uint32_t) {
  must(proxy_increment_metric(guest.ticks, 1));
  for (uint32_t id : guest.ticking) {
    must(proxy_set_effective_context(id));
    show("x-ticks", "true");
    show("x-unknown-context", text(proxy_set_effective_context(424242)));
    must(proxy_continue_stream(0));
  }
  guest.ticking.clear();
  if (!guest.fetching.empty()) {
    guest.fetch();
  }
}

static Status dequeue(uint32_t queue, std::string &message) {
  char *data = nullptr;
  size_t size = 0;
  Status status = proxy_dequeue_shared_queue(queue, &data, &size);
  message = take(data, size);
  return status;
}

// Takes one message for one request that waits.
PROXY_WASM_EXPORT(proxy_on_queue_ready) void onQueueReady(uint32_t, uint32_t queue) {
  std::string message;
  must(dequeue(queue, message));
  must(proxy_set_effective_context(guest.queued.front()));
  guest.queued.pop_front();
  show("x-dequeued", message);
  if (guest.queued.empty()) {
    show("x-empty", text(dequeue(queue, message)));
  }
  must(proxy_continue_stream(0));
}

PROXY_WASM_EXPORT(proxy_on_request_headers) Action onRequestHeaders(uint32_t id, uint32_t, uint32_t) {
  Exchange &exchange = guest.exchanges[id];
  const std::string subject = exchange.subject = value(Map::RequestHeaders, "x-case");
  exchange.upstream = value(Map::RequestHeaders, "x-upstream");
  exchange.question = value(Map::RequestHeaders, "x-question");
  if (subject == "call" || subject == "call-deny" || subject == "call-stop") return exchange.call(5000);
  if (subject == "call-fails") return exchange.call(50);
  if (subject == "grpc") return exchange.grpc("Echo");
  if (subject == "grpc-fails") return exchange.grpc("Refuse");
  if (subject == "grpc-stream") return exchange.grpcStream();
  if (subject == "tick" || subject == "root-call") {
    (subject == "tick" ? guest.ticking : guest.fetching).push_back(id);
    return Action::Pause;
  }
  if (subject == "queue") {
    guest.queued.push_back(id);
    std::string message = value(Map::RequestHeaders, "x-message");
    must(proxy_enqueue_shared_queue(guest.queue, message.data(), message.size()));
    return Action::Pause;
  }
  if (subject == "metrics") countMetrics();
  if (subject == "shared-data") shareData(value(Map::RequestHeaders, "x-key"));
  if (subject == "properties") readProperties();
  if (subject == "foreign") callForeignFunctions();
  if (subject == "initialised") show("x-initialised", guest.initialised);
  if (subject == "stop") {
    std::fputs("the guest says why\n", stderr);
    assert(!"the guest stops on purpose");
  }
  return Action::Continue;
}

PROXY_WASM_EXPORT(proxy_on_response_headers) Action onResponseHeaders(uint32_t id, uint32_t, uint32_t) {
  Exchange &exchange = guest.exchanges[id];
  return exchange.subject == "call-response" ? exchange.call(5000) : Action::Continue;
}

static Action rewrite(uint32_t id, Buffer type, const char *name, uint32_t end) {
  if (guest.exchanges[id].subject == "new-trailers" && end != 0) {
    add(type == Buffer::RequestBody ? Map::RequestTrailers : Map::ResponseTrailers, "x-new",
        std::string("of the ") + name);
  }
  if (guest.exchanges[id].subject != "body") {
    return Action::Continue;
  }
  if (end == 0) {
    return Action::Pause;
  }
  std::string body = std::string(name) + "(" + bytes(type) + ")";
  must(proxy_set_buffer_bytes(type, 0, SIZE_MAX, body.data(), body.size()));
  if (type == Buffer::RequestBody) {
    must(proxy_set_buffer_bytes(type, 0, 0, "<", 1));
    must(proxy_set_buffer_bytes(type, SIZE_MAX, 0, ">", 1));
  }
  return Action::Continue;
}

PROXY_WASM_EXPORT(proxy_on_request_body) Action onRequestBody(uint32_t id, uint32_t, uint32_t end) {
  return rewrite(id, Buffer::RequestBody, "request", end);
}

PROXY_WASM_EXPORT(proxy_on_response_body) Action onResponseBody(uint32_t id, uint32_t, uint32_t end) {
  return rewrite(id, Buffer::ResponseBody, "response", end);
}

static Action answerTrailers(uint32_t id, Map type, const std::string &name) {
  if (guest.exchanges[id].subject == "trailers") {
    add(type, "x-out", name + " " + value(type, "x-in"));
    must(proxy_remove_header_map_value(type, "x-in", 4));
  }
  return Action::Continue;
}

PROXY_WASM_EXPORT(proxy_on_request_trailers) Action onRequestTrailers(uint32_t id, uint32_t) {
  return answerTrailers(id, Map::RequestTrailers, "request");
}

PROXY_WASM_EXPORT(proxy_on_response_trailers) Action onResponseTrailers(uint32_t id, uint32_t) {
  return answerTrailers(id, Map::ResponseTrailers, "response");
}

PROXY_WASM_EXPORT(proxy_on_delete) void onDelete(uint32_t id) { guest.exchanges.erase(id); }
