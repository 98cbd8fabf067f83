;; A filter that reads all headers and puts them back, as SDKs do whose filters change several at once.
;;
;; Expected: once it has done that, it never crosses again.
(module
  (import "env" "proxy_get_header_map_pairs" (func $get (param i32 i32 i32) (result i32)))
  (import "env" "proxy_set_header_map_pairs" (func $set (param i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 4096))
  (func (export "proxy_on_context_create") (param i32 i32))
  (func $rewrite (param $map i32)
    (if (call $get (local.get $map) (i32.const 0) (i32.const 4)) (then (unreachable)))
    (if (call $set (local.get $map) (i32.load (i32.const 0)) (i32.load (i32.const 4))) (then (unreachable))))
  (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32) (call $rewrite (i32.const 0)) (i32.const 0))
  (func (export "proxy_on_response_headers") (param i32 i32 i32) (result i32) (call $rewrite (i32.const 2)) (i32.const 0)))
