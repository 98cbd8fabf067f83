;; Answers 403 itself, in the phase that the configuration names: q (request headers; also without a configuration), Q (request body),
;; t (request trailers), s (response headers) or S (response body, of which it holds what has come before).
(module
  (import "env" "proxy_get_buffer_bytes" (func $get_bytes (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_send_local_response" (func $respond (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "denied by a filter")
  ;; One pair: x-denied-by: wat
  (data (i32.const 64) "\01\00\00\00" "\0b\00\00\00" "\03\00\00\00" "x-denied-by\00" "wat\00")
  ;; Only the configuration is ever handed over: it lies at 1024.
  (data (i32.const 1024) "q")

  (func (export "proxy_abi_version_0_2_1"))
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_configure") (param i32 i32) (result i32)
    (drop (call $get_bytes (i32.const 7) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 4)))
    (i32.const 1))

  (func $in (param $phase i32) (result i32)
    (if (i32.ne (i32.load8_u (i32.const 1024)) (local.get $phase)) (then (return (i32.const 0))))
    (if (call $respond (i32.const 403) (i32.const 0) (i32.const 0) (i32.const 16) (i32.const 18) (i32.const 64) (i32.const 28)
          (i32.const -1))
      (then (unreachable)))
    (i32.const 1))
  (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32) (call $in (i32.const 0x71)))
  (func (export "proxy_on_request_body") (param i32 i32 i32) (result i32) (call $in (i32.const 0x51)))
  (func (export "proxy_on_request_trailers") (param i32 i32) (result i32) (call $in (i32.const 0x74)))
  (func (export "proxy_on_response_headers") (param i32 i32 i32) (result i32) (call $in (i32.const 0x73)))
  (func (export "proxy_on_response_body") (param i32 i32 i32) (result i32) (call $in (i32.const 0x53))))
