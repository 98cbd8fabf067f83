;; Makes one hostcall 200 times with each request: which one is the plugin's configuration, a digit.
;;
;; Memory: 0 is the slot for results (pointer, size), 16 that of the metric's number; strings stand from 64. What the allocator gives is
;; overwritten by the next one: nothing is looked at.
(module
  (type $hostcall (func (result i32)))
  (import "env" "proxy_get_header_map_value" (func $get_header (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_replace_header_map_value" (func $replace_header (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_get_header_map_pairs" (func $get_pairs (param i32 i32 i32) (result i32)))
  (import "env" "proxy_get_property" (func $get_property (param i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_define_metric" (func $define_metric (param i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_increment_metric" (func $increment_metric (param i32 i64) (result i32)))
  (import "env" "proxy_log" (func $log (param i32 i32 i32) (result i32)))
  (import "env" "proxy_get_buffer_bytes" (func $get_buffer (param i32 i32 i32 i32 i32) (result i32)))

  (memory (export "memory") 1)
  (data (i32.const 64) "x-bench")
  (data (i32.const 80) "x-replaced")
  (data (i32.const 96) "source\00address")
  (data (i32.const 112) "requests")
  (data (i32.const 128) "hostcall-filter: once more")
  (global $which (mut i32) (i32.const 0))

  (table funcref (elem $none $header_get $header_replace $header_pairs $property_get $metric_increment $log_line))
  (func $none (result i32) (i32.const 0))
  (func $header_get (result i32)
    (call $get_header (i32.const 0) (i32.const 64) (i32.const 7) (i32.const 0) (i32.const 4)))
  (func $header_replace (result i32)
    (call $replace_header (i32.const 0) (i32.const 80) (i32.const 10) (i32.const 64) (i32.const 7)))
  (func $header_pairs (result i32) (call $get_pairs (i32.const 0) (i32.const 0) (i32.const 4)))
  (func $property_get (result i32)
    (call $get_property (i32.const 96) (i32.const 14) (i32.const 0) (i32.const 4)))
  (func $metric_increment (result i32) (call $increment_metric (i32.load (i32.const 16)) (i64.const 1)))
  (func $log_line (result i32) (call $log (i32.const 2) (i32.const 128) (i32.const 26)))

  (func (export "proxy_abi_version_0_2_1"))
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 4096))
  (func (export "proxy_on_configure") (param i32 i32) (result i32)
    (drop (call $get_buffer (i32.const 7) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 4)))
    (global.set $which (i32.sub (i32.load8_u (i32.const 4096)) (i32.const 48)))
    (drop (call $define_metric (i32.const 0) (i32.const 112) (i32.const 8) (i32.const 16)))
    (i32.const 1))
  (func (export "proxy_on_context_create") (param i32 i32))
  (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32) (local $left i32)
    (local.set $left (i32.const 200))
    (loop $again
      (if (call_indirect (type $hostcall) (global.get $which)) (then (unreachable)))
      (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (i32.const 0)))
