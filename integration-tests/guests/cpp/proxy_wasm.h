// What the guest needs of the Proxy-Wasm ABI 0.2.1, declared by hand: the C++ SDK is in no package registry.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace proxy_wasm {

enum class Status : uint32_t {
  Ok = 0,
  NotFound = 1,
  BadArgument = 2,
  Empty = 7,
  CasMismatch = 8,
};
enum class Action : uint32_t { Continue = 0, Pause = 1 };
enum class Map : uint32_t {
  RequestHeaders = 0,
  RequestTrailers = 1,
  ResponseHeaders = 2,
  ResponseTrailers = 3,
  GrpcInitialMetadata = 4,
  GrpcTrailingMetadata = 5,
  CallHeaders = 6,
  CallTrailers = 7,
};
enum class Buffer : uint32_t { RequestBody = 0, ResponseBody = 1, CallBody = 4, GrpcMessage = 5 };
enum class Metric : uint32_t { Counter = 0, Gauge = 1, Histogram = 2 };

using Pairs = std::vector<std::pair<std::string, std::string>>;

#define PROXY_WASM_IMPORT(name) __attribute__((import_module("env"), import_name(#name))) extern "C" Status name
#define PROXY_WASM_EXPORT(name) extern "C" __attribute__((export_name(#name)))

PROXY_WASM_IMPORT(proxy_log)(uint32_t level, const char *text, size_t size);
PROXY_WASM_IMPORT(proxy_set_tick_period_milliseconds)(uint32_t period);
PROXY_WASM_IMPORT(proxy_set_effective_context)(uint32_t context);
PROXY_WASM_IMPORT(proxy_get_buffer_bytes)(Buffer type, size_t start, size_t most, char **data, size_t *size);
PROXY_WASM_IMPORT(proxy_set_buffer_bytes)(Buffer type, size_t start, size_t size, const char *data, size_t length);
PROXY_WASM_IMPORT(proxy_get_header_map_pairs)(Map type, char **data, size_t *size);
PROXY_WASM_IMPORT(proxy_get_header_map_value)(Map type, const char *key, size_t keySize, char **data, size_t *size);
PROXY_WASM_IMPORT(proxy_add_header_map_value)(Map type, const char *key, size_t keySize, const char *data, size_t size);
PROXY_WASM_IMPORT(proxy_remove_header_map_value)(Map type, const char *key, size_t keySize);
PROXY_WASM_IMPORT(proxy_continue_stream)(uint32_t stream);
PROXY_WASM_IMPORT(proxy_send_local_response)
(uint32_t code, const char *details, size_t detailsSize, const char *body, size_t bodySize, const char *headers,
 size_t headersSize, uint32_t grpcStatus);
PROXY_WASM_IMPORT(proxy_http_call)
(const char *upstream, size_t upstreamSize, const char *headers, size_t headersSize, const char *body, size_t bodySize,
 const char *trailers, size_t trailersSize, uint32_t timeout, uint32_t *token);
PROXY_WASM_IMPORT(proxy_grpc_call)
(const char *upstream, size_t upstreamSize, const char *service, size_t serviceSize, const char *method,
 size_t methodSize, const char *metadata, size_t metadataSize, const char *message, size_t messageSize,
 uint32_t timeout, uint32_t *token);
PROXY_WASM_IMPORT(proxy_grpc_stream)
(const char *upstream, size_t upstreamSize, const char *service, size_t serviceSize, const char *method,
 size_t methodSize, const char *metadata, size_t metadataSize, uint32_t *token);
PROXY_WASM_IMPORT(proxy_grpc_send)(uint32_t token, const char *message, size_t size, uint32_t end);
PROXY_WASM_IMPORT(proxy_grpc_close)(uint32_t token);
PROXY_WASM_IMPORT(proxy_get_status)(uint32_t *code, char **data, size_t *size);
PROXY_WASM_IMPORT(proxy_get_shared_data)(const char *key, size_t keySize, char **data, size_t *size, uint32_t *cas);
PROXY_WASM_IMPORT(proxy_set_shared_data)(const char *key, size_t keySize, const char *data, size_t size, uint32_t cas);
PROXY_WASM_IMPORT(proxy_register_shared_queue)(const char *name, size_t size, uint32_t *queue);
PROXY_WASM_IMPORT(proxy_enqueue_shared_queue)(uint32_t queue, const char *data, size_t size);
PROXY_WASM_IMPORT(proxy_dequeue_shared_queue)(uint32_t queue, char **data, size_t *size);
PROXY_WASM_IMPORT(proxy_define_metric)(Metric type, const char *name, size_t size, uint32_t *metric);
PROXY_WASM_IMPORT(proxy_increment_metric)(uint32_t metric, int64_t offset);
PROXY_WASM_IMPORT(proxy_record_metric)(uint32_t metric, uint64_t value);
PROXY_WASM_IMPORT(proxy_get_metric)(uint32_t metric, uint64_t *value);
PROXY_WASM_IMPORT(proxy_get_property)(const char *path, size_t pathSize, char **data, size_t *size);
PROXY_WASM_IMPORT(proxy_set_property)(const char *path, size_t pathSize, const char *data, size_t size);
PROXY_WASM_IMPORT(proxy_call_foreign_function)
(const char *name, size_t nameSize, const char *data, size_t size, char **result, size_t *resultSize);

// Stops the guest when a host call fails that may not.
void must(Status status);

// The name of a status in the specification.
std::string text(Status status);

// Takes what the host has allocated in the guest.
std::string take(char *data, size_t size);

// The serialised form of a map.
std::string serialised(const Pairs &pairs);

Pairs pairs(Map type);
std::string value(Map type, const std::string &key);
void add(Map type, const std::string &key, const std::string &text);
std::string bytes(Buffer type);

}  // namespace proxy_wasm
