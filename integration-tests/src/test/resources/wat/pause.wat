;; Lets each request wait for the next tick of a timer; configured as "response", each response. Configured as "never", it starts no timer.
(module
  (import "env" "proxy_set_tick_period_milliseconds" (func $set_tick_period (param i32) (result i32)))
  (import "env" "proxy_set_effective_context" (func $set_effective_context (param i32) (result i32)))
  (import "env" "proxy_continue_stream" (func $continue (param i32) (result i32)))
  (import "env" "proxy_add_header_map_value" (func $add (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_get_buffer_bytes" (func $get_bytes (param i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "x-resumed-by")
  (data (i32.const 32) "tick")
  ;; From 1024 on: the ids of the contexts that wait.
  (global $end (mut i32) (i32.const 1024))
  (global $response (mut i32) (i32.const 0))

  (func (export "proxy_abi_version_0_2_1"))
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 512))
  (func (export "proxy_on_configure") (param $plugin i32) (param $size i32) (result i32)
    (drop (call $get_bytes (i32.const 7) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 4)))
    (global.set $response (i32.eq (i32.load8_u (i32.const 512)) (i32.const 0x72)))
    (if (i32.ne (i32.load8_u (i32.const 512)) (i32.const 0x6e))
      (then (if (call $set_tick_period (i32.const 20)) (then (unreachable)))))
    (i32.const 1))

  (func $wait (param $stream i32) (result i32)
    (i32.store (global.get $end) (local.get $stream))
    (global.set $end (i32.add (global.get $end) (i32.const 4)))
    (i32.const 1))
  (func (export "proxy_on_request_headers") (param $stream i32) (param i32 i32) (result i32)
    (if (global.get $response) (then (return (i32.const 0))))
    (call $wait (local.get $stream)))
  (func (export "proxy_on_response_headers") (param $stream i32) (param i32 i32) (result i32)
    (if (i32.eqz (global.get $response)) (then (return (i32.const 0))))
    (call $wait (local.get $stream)))

  (func (export "proxy_on_tick") (param i32)
    (loop $next
      (if (i32.eq (global.get $end) (i32.const 1024)) (then (return)))
      (global.set $end (i32.sub (global.get $end) (i32.const 4)))
      (if (i32.eqz (call $set_effective_context (i32.load (global.get $end))))
        (then
          (drop (call $add (i32.mul (global.get $response) (i32.const 2)) (i32.const 16) (i32.const 12) (i32.const 32) (i32.const 4)))
          (drop (call $continue (global.get $response)))))
      (br $next))))
