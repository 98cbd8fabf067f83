;; Looks at a body, as the configuration says: "<direction><mode>", where direction is 0 for the request or 1 for the response, and mode is
;; p (let chunks pass), h (hold until the end), r (hold, then replace by "replaced") or a (let chunks pass, append "!" to the last).
(module
  (import "env" "proxy_get_buffer_bytes" (func $get_bytes (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_set_buffer_bytes" (func $set_bytes (param i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "replaced")
  (data (i32.const 32) "!")
  (global $direction (mut i32) (i32.const 0))
  (global $mode (mut i32) (i32.const 0))

  (func (export "proxy_abi_version_0_2_1"))
  ;; Only the configuration is ever handed over: it lies at 1024.
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))

  (func (export "proxy_on_configure") (param i32 i32) (result i32)
    (drop (call $get_bytes (i32.const 7) (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 4)))
    (global.set $direction (i32.sub (i32.load8_u (i32.const 1024)) (i32.const 0x30)))
    (global.set $mode (i32.load8_u (i32.const 1025)))
    (i32.const 1))

  (func $body (param $direction i32) (param $size i32) (param $end i32) (result i32)
    (if (i32.ne (local.get $direction) (global.get $direction)) (then (return (i32.const 0))))
    (if (i32.eq (global.get $mode) (i32.const 0x70)) (then (return (i32.const 0))))
    (if (i32.eqz (local.get $end))
      (then (return (i32.ne (global.get $mode) (i32.const 0x61))))) ;; pause, unless chunks pass
    (if (i32.eq (global.get $mode) (i32.const 0x72))
      (then
        (if (call $set_bytes (local.get $direction) (i32.const 0) (local.get $size) (i32.const 16) (i32.const 8))
          (then (unreachable)))))
    (if (i32.eq (global.get $mode) (i32.const 0x61))
      (then
        (if (call $set_bytes (local.get $direction) (local.get $size) (i32.const 0) (i32.const 32) (i32.const 1))
          (then (unreachable)))))
    (i32.const 0))

  (func (export "proxy_on_request_body") (param $stream i32) (param $size i32) (param $end i32) (result i32)
    (call $body (i32.const 0) (local.get $size) (local.get $end)))
  (func (export "proxy_on_response_body") (param $stream i32) (param $size i32) (param $end i32) (result i32)
    (call $body (i32.const 1) (local.get $size) (local.get $end))))
