#include "proxy_wasm.h"

#include <cassert>
#include <cstdlib>
#include <cstring>

namespace proxy_wasm {

void must(Status status) {
  assert(status == Status::Ok && "a host call failed");
  (void)status;
}

std::string text(Status status) {
  switch (status) {
    case Status::Ok:
      return "OK";
    case Status::NotFound:
      return "NOT_FOUND";
    case Status::BadArgument:
      return "BAD_ARGUMENT";
    case Status::Empty:
      return "EMPTY";
    case Status::CasMismatch:
      return "CAS_MISMATCH";
  }
  return std::to_string(static_cast<uint32_t>(status));
}

std::string take(char *data, size_t size) {
  std::string taken(data == nullptr ? "" : data, size);
  std::free(data);
  return taken;
}

static void putNumber(std::string &out, uint32_t number) { out.append(reinterpret_cast<const char *>(&number), 4); }

std::string serialised(const Pairs &pairs) {
  std::string out;
  putNumber(out, pairs.size());
  for (const auto &pair : pairs) {
    putNumber(out, pair.first.size());
    putNumber(out, pair.second.size());
  }
  for (const auto &pair : pairs) {
    out.append(pair.first).push_back('\0');
    out.append(pair.second).push_back('\0');
  }
  return out;
}

static uint32_t number(const std::string &from, size_t at) {
  uint32_t number;
  assert(at + 4 <= from.size());
  std::memcpy(&number, from.data() + at, 4);
  return number;
}

Pairs pairs(Map type) {
  char *data = nullptr;
  size_t size = 0;
  must(proxy_get_header_map_pairs(type, &data, &size));
  std::string map = take(data, size);
  Pairs out;
  if (map.empty()) {
    return out;
  }
  uint32_t count = number(map, 0);
  size_t at = 4 + 8 * count;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t keySize = number(map, 4 + 8 * i);
    uint32_t valueSize = number(map, 8 + 8 * i);
    out.emplace_back(map.substr(at, keySize), map.substr(at + keySize + 1, valueSize));
    at += keySize + valueSize + 2;
  }
  assert(at == map.size());
  return out;
}

std::string value(Map type, const std::string &key) {
  char *data = nullptr;
  size_t size = 0;
  if (proxy_get_header_map_value(type, key.data(), key.size(), &data, &size) != Status::Ok) {
    return "";
  }
  return take(data, size);
}

void add(Map type, const std::string &key, const std::string &text) {
  must(proxy_add_header_map_value(type, key.data(), key.size(), text.data(), text.size()));
}

std::string bytes(Buffer type) {
  char *data = nullptr;
  size_t size = 0;
  must(proxy_get_buffer_bytes(type, 0, SIZE_MAX, &data, &size));
  return take(data, size);
}

}  // namespace proxy_wasm

PROXY_WASM_EXPORT(proxy_abi_version_0_2_1) void abiVersion() {}

// As the C++ SDK does: the host allocates by the C library's own name.
PROXY_WASM_EXPORT(malloc) void *allocate(size_t size) { return std::malloc(size); }
