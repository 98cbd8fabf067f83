;; add-header: adds one header to every response. Its configuration is that header, as "name: value".
;;
;; A Proxy-Wasm filter is a module that exports functions which the host calls when something happens
;; (proxy_on_...), and imports functions by which it looks at the exchange or changes it (proxy_...).
;; Both take addresses and lengths in the module's own memory.
(module
  ;; (buffer, start, maximum, where to put the address, where to put the length) -> status
  (import "env" "proxy_get_buffer_bytes" (func $get_bytes (param i32 i32 i32 i32 i32) (result i32)))
  ;; (map, address and length of the name, address and length of the value) -> status
  (import "env" "proxy_add_header_map_value" (func $add_header (param i32 i32 i32 i32 i32) (result i32)))
  ;; (level, address and length of the message) -> status
  (import "env" "proxy_log" (func $log (param i32 i32 i32) (result i32)))

  (memory (export "memory") 1)

  ;; 0 and 4: where the host puts the address and the length of the configuration.
  (data (i32.const 16) "the configuration must be 'name: value'")
  (global $free (mut i32) (i32.const 1024)) ;; everything from here on is free

  (global $name (mut i32) (i32.const 0))
  (global $name_length (mut i32) (i32.const 0))
  (global $value (mut i32) (i32.const 0))
  (global $value_length (mut i32) (i32.const 0))

  ;; Says which version of Proxy-Wasm the module speaks; never called.
  (func (export "proxy_abi_version_0_2_1"))

  ;; The host asks for memory before it hands over bytes. This filter is given bytes only once, so nothing is ever freed.
  (func (export "proxy_on_memory_allocate") (param $size i32) (result i32)
    (local $address i32)
    (local.set $address (global.get $free))
    (global.set $free (i32.add (global.get $free) (local.get $size)))
    (if (i32.gt_u (global.get $free) (i32.const 65536)) ;; more than the one page that there is
      (then (return (i32.const 0))))                    ;; 0 is no address: there is no room
    (local.get $address))

  ;; Called once, when the filter starts. Answers 0 where the configuration cannot be used; then the server does not start.
  (func (export "proxy_on_configure") (param $plugin i32) (param $size i32) (result i32)
    (local $at i32) (local $end i32)
    (drop (call $get_bytes
      (i32.const 7) (i32.const 0) (local.get $size) (i32.const 0) (i32.const 4))) ;; buffer 7: the configuration
    (global.set $name (i32.load (i32.const 0)))
    (local.set $at (global.get $name))
    (local.set $end (i32.add (global.get $name) (i32.load (i32.const 4))))

    (block $found
      (loop $search
        (if (i32.ge_u (local.get $at) (local.get $end))
          (then (return (call $refuse))))
        (br_if $found (i32.eq (i32.load8_u (local.get $at)) (i32.const 0x3a))) ;; a colon ends the name
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $search)))
    (global.set $name_length (i32.sub (local.get $at) (global.get $name)))

    (loop $skip ;; the colon, and the spaces after it
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $skip (i32.and
        (i32.lt_u (local.get $at) (local.get $end))
        (i32.eq (i32.load8_u (local.get $at)) (i32.const 0x20)))))
    (global.set $value (local.get $at))
    (global.set $value_length (i32.sub (local.get $end) (local.get $at)))
    (i32.const 1))

  (func $refuse (result i32)
    (drop (call $log (i32.const 4) (i32.const 16) (i32.const 39))) ;; level 4: error
    (i32.const 0))

  ;; Called for every response before it is sent. Answers 0: go on.
  (func (export "proxy_on_response_headers") (param $stream i32) (param $count i32) (param $is_all i32) (result i32)
    (drop (call $add_header
      (i32.const 2) ;; map 2: the response headers
      (global.get $name) (global.get $name_length) (global.get $value) (global.get $value_length)))
    (i32.const 0)))
