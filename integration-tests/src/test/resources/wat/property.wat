;; Adds a property to each response, as a header of its name; none if the host has none. The configuration is the name, with dots. A boolean
;; is written as 0 or 1.
(module
  (import "env" "proxy_get_buffer_bytes" (func $get_bytes (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_get_property" (func $get_property (param i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_add_header_map_value" (func $add (param i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (global $size (mut i32) (i32.const 0))
  ;; The configuration comes to 1024, every value to 2048; at 512 is the path, whose parts end with a zero.
  (global $place (mut i32) (i32.const 1024))

  (func (export "proxy_abi_version_0_2_1"))
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (global.get $place))

  (func (export "proxy_on_configure") (param $plugin i32) (param $length i32) (result i32)
    (local $at i32) (local $byte i32)
    (drop (call $get_bytes (i32.const 7) (i32.const 0) (local.get $length) (i32.const 0) (i32.const 4)))
    (global.set $size (local.get $length))
    (loop $next
      (local.set $byte (i32.load8_u offset=1024 (local.get $at)))
      (i32.store8 offset=512 (local.get $at)
        (select (i32.const 0) (local.get $byte) (i32.eq (local.get $byte) (i32.const 0x2e))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $length))))
    (global.set $place (i32.const 2048))
    (i32.const 1))

  (func (export "proxy_on_response_headers") (param i32 i32 i32) (result i32)
    (if (call $get_property (i32.const 512) (global.get $size) (i32.const 0) (i32.const 4))
      (then (return (i32.const 0))))
    (if (i32.and (i32.eq (i32.load (i32.const 4)) (i32.const 1)) (i32.lt_u (i32.load8_u (i32.const 2048)) (i32.const 2)))
      (then (i32.store8 (i32.const 2048) (i32.add (i32.load8_u (i32.const 2048)) (i32.const 0x30)))))
    (drop (call $add (i32.const 2) (i32.const 1024) (global.get $size) (i32.load (i32.const 0)) (i32.load (i32.const 4))))
    (i32.const 0)))
