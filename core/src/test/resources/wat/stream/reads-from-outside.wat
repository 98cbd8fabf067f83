;; In each tick, of which there is one a millisecond, reads the request's headers and one of them over and over again, in the context that
;; was created last.
;; Imports: proxy_set_tick_period_milliseconds, proxy_set_effective_context, proxy_get_header_map_pairs, proxy_get_header_map_value.
(module
  (import "env" "proxy_set_tick_period_milliseconds" (func $tick (param i32) (result i32)))
  (import "env" "proxy_set_effective_context" (func $effective (param i32) (result i32)))
  (import "env" "proxy_get_header_map_pairs" (func $pairs (param i32 i32 i32) (result i32)))
  (import "env" "proxy_get_header_map_value" (func $value (param i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 0) "x-churn")
  (global $last (mut i32) (i32.const 0))
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_configure") (param i32 i32) (result i32) (i32.eqz (call $tick (i32.const 1))))
  (func (export "proxy_on_context_create") (param $id i32) (param $parent i32)
    (if (local.get $parent) (then (global.set $last (local.get $id)))))
  (func (export "proxy_on_tick") (param i32)
    (local $times i32)
    (if (call $effective (global.get $last)) (then (return)))
    (loop $more
      (if (call $pairs (i32.const 0) (i32.const 64) (i32.const 68)) (then unreachable))
      (drop (call $value (i32.const 0) (i32.const 0) (i32.const 7) (i32.const 64) (i32.const 68)))
      (local.set $times (i32.add (local.get $times) (i32.const 1)))
      (br_if $more (i32.lt_u (local.get $times) (i32.const 500))))))
