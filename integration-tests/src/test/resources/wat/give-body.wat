;; Gives the body "given" to messages that have none; the configuration says to which: "0" requests, "1" responses.
(module
  (import "env" "proxy_get_buffer_bytes" (func $get_bytes (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_set_buffer_bytes" (func $set_bytes (param i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "given")
  (global $direction (mut i32) (i32.const 0))

  (func (export "proxy_abi_version_0_2_1"))
  ;; Only the configuration is ever handed over: it lies at 1024.
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))

  (func (export "proxy_on_configure") (param i32 i32) (result i32)
    (drop (call $get_bytes (i32.const 7) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 4)))
    (global.set $direction (i32.sub (i32.load8_u (i32.const 1024)) (i32.const 0x30)))
    (i32.const 1))

  (func $give (param $direction i32) (param $end i32) (result i32)
    (if (i32.and (i32.eq (local.get $direction) (global.get $direction)) (local.get $end))
      (then
        (if (call $set_bytes (local.get $direction) (i32.const 0) (i32.const 0) (i32.const 16) (i32.const 5))
          (then (unreachable)))))
    (i32.const 0))

  (func (export "proxy_on_request_headers") (param i32 i32) (param $end i32) (result i32)
    (call $give (i32.const 0) (local.get $end)))
  (func (export "proxy_on_response_headers") (param i32 i32) (param $end i32) (result i32)
    (call $give (i32.const 1) (local.get $end))))
