;; Adds a few headers to each request and removes them, over and over again.
;; Imports: proxy_add_header_map_value, proxy_remove_header_map_value.
(module
  (import "env" "proxy_add_header_map_value" (func $add (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_remove_header_map_value" (func $remove (param i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "x-churn")
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
    (local $times i32)
    (loop $more
      (if (call $add (i32.const 0) (i32.const 0) (i32.const 7) (i32.const 0) (i32.const 7)) (then unreachable))
      (local.set $times (i32.add (local.get $times) (i32.const 1)))
      (if (i32.eqz (i32.rem_u (local.get $times) (i32.const 20)))
        (then (if (call $remove (i32.const 0) (i32.const 0) (i32.const 7)) (then unreachable))))
      (br_if $more (i32.lt_u (local.get $times) (i32.const 1000))))
    (i32.const 0)))
