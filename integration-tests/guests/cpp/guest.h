// The C++ edition of the conformance guest described in ../README.md.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "proxy_wasm.h"

// One HTTP request with its response.
struct Exchange {
  uint32_t id = 0;
  std::string subject;
  std::string upstream;
  std::string question;
  std::vector<std::string> messages;

  proxy_wasm::Action call(uint32_t timeout);
  proxy_wasm::Action grpc(const std::string &method);
  proxy_wasm::Action grpcStream();
  void answered(uint32_t count, uint32_t trailers);
};

// What lives as long as the VM: made by a static initialiser, so that _initialize must have run.
struct Guest {
  std::map<uint32_t, Exchange> exchanges;
  std::map<uint32_t, uint32_t> callers;
  std::vector<uint32_t> ticking;
  std::vector<uint32_t> fetching;
  std::vector<uint32_t> fetchedFor;
  std::deque<uint32_t> queued;
  uint32_t queue = 0;
  uint32_t ticks = 0;
  std::string initialised;

  Guest();
  Exchange *caller(uint32_t token);
  void fetch();
};

extern Guest guest;

// Tells the test what came out.
void show(const std::string &name, const std::string &text);

void countMetrics();
void shareData(const std::string &key);
void readProperties();
void callForeignFunctions();
uint32_t defineMetric(proxy_wasm::Metric type, const std::string &name);
