;; Replaces the trailer x-known by "of a filter": of the request, configured as "1", or of the response, configured as "3".
(module
  (import "env" "proxy_get_buffer_bytes" (func $get_bytes (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_replace_header_map_value" (func $replace (param i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "x-known")
  (data (i32.const 32) "of a filter")

  (func (export "proxy_abi_version_0_2_1"))
  ;; Only the configuration is ever handed over: it lies at 1024.
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_configure") (param i32 i32) (result i32)
    (drop (call $get_bytes (i32.const 7) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 4)))
    (i32.const 1))

  (func $trailers (param $map i32) (result i32)
    (if (i32.eq (i32.sub (i32.load8_u (i32.const 1024)) (i32.const 0x30)) (local.get $map))
      (then
        (if (call $replace (local.get $map) (i32.const 16) (i32.const 7) (i32.const 32) (i32.const 11)) (then (unreachable)))))
    (i32.const 0))
  (func (export "proxy_on_request_trailers") (param i32 i32) (result i32) (call $trailers (i32.const 1)))
  (func (export "proxy_on_response_trailers") (param i32 i32) (result i32) (call $trailers (i32.const 3))))
