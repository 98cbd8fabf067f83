#include "guest.h"

#include <cassert>

using namespace proxy_wasm;

static Status dispatch(const std::string &upstream, const std::string &question, uint32_t timeout, uint32_t &token) {
  std::string headers = serialised(
      {{":method", "POST"}, {":path", "/call?a=b"}, {":authority", "guest.example"}, {"x-guest", "cpp"}});
  std::string trailers = serialised({{"x-guest-trailer", "sent"}});
  return proxy_http_call(upstream.data(), upstream.size(), headers.data(), headers.size(), question.data(),
                         question.size(), trailers.data(), trailers.size(), timeout, &token);
}

Action Exchange::call(uint32_t timeout) {
  uint32_t token = 0;
  Status status = dispatch(upstream, question, timeout, token);
  if (status != Status::Ok) {
    show("x-call-refused", text(status));
    return Action::Continue;
  }
  guest.callers[token] = id;
  return Action::Pause;
}

void Exchange::answered(uint32_t count, uint32_t trailers) {
  assert(subject != "call-stop" || !"the guest stops in a callback on purpose");
  std::string body = bytes(Buffer::CallBody);
  if (subject == "call-deny") {
    std::string headers = serialised({{"x-denied-by", "cpp"}});
    must(proxy_send_local_response(403, nullptr, 0, body.data(), body.size(), headers.data(), headers.size(), -1));
    return;
  }
  if (subject == "call-response") {
    add(Map::ResponseHeaders, "x-call-body", body);
    must(proxy_continue_stream(1));
    return;
  }
  show("x-call-any", count > 0 ? "true" : "false");
  show("x-call-body", body);
  show("x-call-trailers", std::to_string(trailers));
  if (count > 0) {
    auto first = pairs(Map::CallHeaders).front();
    show("x-call-status", first.first + " " + first.second);
    for (const auto &pair : pairs(Map::CallTrailers)) {
      show("x-call-trailer", pair.first + "=" + pair.second);
    }
  }
  must(proxy_continue_stream(0));
}

// Asks on behalf of the plugin itself.
void Guest::fetch() {
  uint32_t token = 0;
  must(dispatch("http", "root", 5000, token));
  callers[token] = 0;
  fetchedFor.swap(fetching);
}

static void fetched() {
  std::string body = bytes(Buffer::CallBody);
  for (uint32_t id : guest.fetchedFor) {
    must(proxy_set_effective_context(id));
    show("x-root-answer", body);
    must(proxy_continue_stream(0));
  }
  guest.fetchedFor.clear();
}

PROXY_WASM_EXPORT(proxy_on_http_call_response)
void onHttpCallResponse(uint32_t, uint32_t token, uint32_t count, uint32_t, uint32_t trailers) {
  if (guest.callers[token] == 0) {
    guest.callers.erase(token);
    fetched();
    return;
  }
  Exchange *exchange = guest.caller(token);
  guest.callers.erase(token);
  // The request may have ended meanwhile.
  if (exchange != nullptr) {
    must(proxy_set_effective_context(exchange->id));
    exchange->answered(count, trailers);
  }
}

static const std::string grpcUpstream = "grpc";
static const std::string service = "test.Echo";

Action Exchange::grpc(const std::string &method) {
  std::string metadata = serialised({{"x-guest", "cpp"}});
  std::string message = "question";
  uint32_t token = 0;
  must(proxy_grpc_call(grpcUpstream.data(), grpcUpstream.size(), service.data(), service.size(), method.data(), method.size(),
                       metadata.data(), metadata.size(), message.data(), message.size(), 5000, &token));
  guest.callers[token] = id;
  return Action::Pause;
}

Action Exchange::grpcStream() {
  std::string metadata = serialised({{"x-guest", "cpp"}});
  std::string method = "Echo";
  uint32_t token = 0;
  must(proxy_grpc_stream(grpcUpstream.data(), grpcUpstream.size(), service.data(), service.size(), method.data(),
                         method.size(), metadata.data(), metadata.size(), &token));
  guest.callers[token] = id;
  must(proxy_grpc_send(token, "one", 3, 0));
  must(proxy_grpc_send(token, "two", 3, 0));
  must(proxy_grpc_close(token));
  return Action::Pause;
}

static void showEnd(uint32_t code) {
  uint32_t status = 0;
  char *data = nullptr;
  size_t size = 0;
  must(proxy_get_status(&status, &data, &size));
  show("x-grpc-code", std::to_string(code));
  show("x-grpc-status", std::to_string(status));
  show("x-grpc-message", take(data, size));
  must(proxy_continue_stream(0));
}

PROXY_WASM_EXPORT(proxy_on_grpc_receive_initial_metadata)
void onGrpcInitialMetadata(uint32_t, uint32_t token, uint32_t) {
  guest.caller(token)->messages.push_back("initial " + value(Map::GrpcInitialMetadata, "x-reply"));
}

PROXY_WASM_EXPORT(proxy_on_grpc_receive) void onGrpcReceive(uint32_t, uint32_t token, uint32_t) {
  Exchange *exchange = guest.caller(token);
  if (exchange->subject == "grpc-stream") {
    exchange->messages.push_back(bytes(Buffer::GrpcMessage));
    return;
  }
  // A unary call that succeeds is not closed.
  must(proxy_set_effective_context(exchange->id));
  show("x-grpc-answer", bytes(Buffer::GrpcMessage));
  showEnd(0);
}

PROXY_WASM_EXPORT(proxy_on_grpc_receive_trailing_metadata)
void onGrpcTrailingMetadata(uint32_t, uint32_t token, uint32_t) {
  guest.caller(token)->messages.push_back("trailing " + value(Map::GrpcTrailingMetadata, "x-reply"));
}

PROXY_WASM_EXPORT(proxy_on_grpc_close) void onGrpcClose(uint32_t, uint32_t token, uint32_t code) {
  Exchange *exchange = guest.caller(token);
  must(proxy_set_effective_context(exchange->id));
  if (exchange->subject == "grpc-stream") {
    std::string joined;
    for (const auto &message : exchange->messages) {
      joined += (joined.empty() ? "" : ", ") + message;
    }
    show("x-grpc-messages", joined);
  }
  showEnd(code);
}
