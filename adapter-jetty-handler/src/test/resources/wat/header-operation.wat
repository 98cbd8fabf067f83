;; One operation on one header, as the configuration says: "<map><operation><name>: <value>", where map is 0 for the request or 2 for
;; the response, and operation is + (add), = (replace) or - (remove, without a value).
(module
  (import "env" "proxy_get_buffer_bytes" (func $get_bytes (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_add_header_map_value" (func $add (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_replace_header_map_value" (func $replace (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_remove_header_map_value" (func $remove (param i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (global $map (mut i32) (i32.const 0))
  (global $operation (mut i32) (i32.const 0))
  (global $name_end (mut i32) (i32.const 0))
  (global $value (mut i32) (i32.const 0))
  (global $end (mut i32) (i32.const 0))

  (func (export "proxy_abi_version_0_2_1"))
  ;; Only the configuration is ever handed over: it lies at 1024.
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))

  (func (export "proxy_on_configure") (param $plugin i32) (param $size i32) (result i32)
    (local $at i32)
    (drop (call $get_bytes (i32.const 7) (i32.const 0) (local.get $size) (i32.const 0) (i32.const 4)))
    (global.set $map (i32.sub (i32.load8_u (i32.const 1024)) (i32.const 0x30)))
    (global.set $operation (i32.load8_u (i32.const 1025)))
    (global.set $end (i32.add (i32.const 1024) (local.get $size)))
    (local.set $at (i32.const 1027)) ;; behind the first character of the name, which may be a colon
    (block $found
      (loop $search
        (br_if $found (i32.ge_u (local.get $at) (global.get $end)))
        (br_if $found (i32.eq (i32.load8_u (local.get $at)) (i32.const 0x3a)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $search)))
    (global.set $name_end (local.get $at))
    (global.set $value (i32.add (local.get $at) (i32.const 2)))
    (i32.const 1))

  (func $apply
    (local $length i32) (local $value_length i32)
    (local.set $length (i32.sub (global.get $name_end) (i32.const 1026)))
    (if (i32.eq (global.get $operation) (i32.const 0x2d))
      (then
        (if (call $remove (global.get $map) (i32.const 1026) (local.get $length)) (then (unreachable)))
        (return)))
    (local.set $value_length (i32.sub (global.get $end) (global.get $value)))
    (if (i32.eq (global.get $operation) (i32.const 0x2b))
      (then
        (if (call $add (global.get $map)
              (i32.const 1026) (local.get $length) (global.get $value) (local.get $value_length))
          (then (unreachable)))
        (return)))
    (if (call $replace (global.get $map)
          (i32.const 1026) (local.get $length) (global.get $value) (local.get $value_length))
      (then (unreachable))))

  (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
    (if (i32.eqz (global.get $map)) (then (call $apply)))
    (i32.const 0))
  (func (export "proxy_on_response_headers") (param i32 i32 i32) (result i32)
    (if (i32.eq (global.get $map) (i32.const 2)) (then (call $apply)))
    (i32.const 0)))
