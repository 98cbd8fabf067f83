#include <cassert>
#include <cstring>

#include "guest.h"

using namespace proxy_wasm;

uint32_t defineMetric(Metric type, const std::string &name) {
  uint32_t metric = 0;
  must(proxy_define_metric(type, name.data(), name.size(), &metric));
  return metric;
}

static std::string metricValue(uint32_t metric) {
  uint64_t value = 0;
  must(proxy_get_metric(metric, &value));
  return std::to_string(value);
}

void countMetrics() {
  uint32_t calls = defineMetric(Metric::Counter, "guest.calls");
  uint32_t level = defineMetric(Metric::Gauge, "guest.level");
  uint32_t lengths = defineMetric(Metric::Histogram, "guest.lengths");
  must(proxy_increment_metric(calls, int64_t{1} << 33));
  must(proxy_record_metric(level, 7));
  must(proxy_increment_metric(level, -3));
  must(proxy_record_metric(lengths, 9));
  show("x-calls", metricValue(calls));
  show("x-level", metricValue(level));
  show("x-lower", text(proxy_increment_metric(calls, -1)));
}

static Status getData(const std::string &key, std::string &value, uint32_t &cas) {
  char *data = nullptr;
  size_t size = 0;
  Status status = proxy_get_shared_data(key.data(), key.size(), &data, &size, &cas);
  value = take(data, size);
  return status;
}

static Status setData(const std::string &key, const std::string &value, uint32_t cas) {
  return proxy_set_shared_data(key.data(), key.size(), value.data(), value.size(), cas);
}

void shareData(const std::string &key) {
  std::string value;
  uint32_t cas = 0;
  show("x-absent", text(getData(key, value, cas)));
  must(setData(key, "first", 0));
  must(getData(key, value, cas));
  show("x-first", value);
  must(setData(key, "second", cas));
  show("x-stale", text(setData(key, "third", cas)));
  must(getData(key, value, cas));
  show("x-last", value);
}

static Status property(const std::string &path, std::string &value) {
  char *data = nullptr;
  size_t size = 0;
  Status status = proxy_get_property(path.data(), path.size(), &data, &size);
  value = take(data, size);
  return status;
}

// With the NUL byte behind the last segment that the C++ SDK sends.
void readProperties() {
  std::string value;
  must(property(std::string("request\0path\0", 13), value));
  show("x-path", value);
  must(property(std::string("plugin_name\0", 12), value));
  show("x-plugin", value);
  must(property(std::string("source\0port\0", 12), value));
  uint64_t port = 0;
  assert(value.size() == sizeof port);
  std::memcpy(&port, value.data(), sizeof port);
  show("x-port", std::to_string(port));
  show("x-absent", text(property(std::string("no\0such\0property\0", 17), value)));
  must(proxy_set_property("guest", 5, "set", 3));
  must(property("guest", value));
  show("x-set", value);
}

static Status callForeign(const std::string &name, const std::string &arguments, std::string &result) {
  char *data = nullptr;
  size_t size = 0;
  Status status =
      proxy_call_foreign_function(name.data(), name.size(), arguments.data(), arguments.size(), &data, &size);
  result = take(data, size);
  return status;
}

void callForeignFunctions() {
  std::string packed;
  std::string unpacked;
  must(callForeign("compress", "text text text text text text", packed));
  show("x-packed", packed.empty() ? "false" : "true");
  must(callForeign("uncompress", packed, unpacked));
  show("x-unpacked", unpacked);
  show("x-unknown", text(callForeign("no such function", "x", unpacked)));
}
