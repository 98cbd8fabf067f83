;; The header filter on which hosts are compared.
;;
;; A request: reads :path, user-agent and x-bench, adds x-wasm-request, logs one line.
;; A response: adds x-wasm-response.
;;
;; Memory: 0 is the slot for results (pointer, size), strings stand from 64, and the heap begins at 4096. Nothing is kept from one
;; request to the next, so the heap starts over with each context.
(module
  (type $header (func (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_get_header_map_value" (func $get_header (type $header)))
  (import "env" "proxy_add_header_map_value" (func $add_header (type $header)))
  (import "env" "proxy_log" (func $log (param i32 i32 i32) (result i32)))

  (memory (export "memory") 2)
  (global $heap (mut i32) (i32.const 4096))

  (data (i32.const 64) ":path")
  (data (i32.const 80) "user-agent")
  (data (i32.const 96) "x-bench")
  (data (i32.const 112) "x-wasm-request")
  (data (i32.const 128) "x-wasm-response")
  (data (i32.const 144) "bench")
  (data (i32.const 160) "bench-filter: request seen")

  (func $allocate (param $size i32) (result i32)
    (local $address i32)
    (local.set $address (global.get $heap))
    (global.set $heap
      (i32.and (i32.add (i32.add (local.get $address) (local.get $size)) (i32.const 7)) (i32.const -8)))
    (if (i32.gt_u (global.get $heap) (i32.shl (memory.size) (i32.const 16)))
      (then (drop (memory.grow (i32.add (i32.shr_u (local.get $size) (i32.const 16)) (i32.const 1))))))
    (local.get $address))

  (export "malloc" (func $allocate))
  (export "proxy_on_memory_allocate" (func $allocate))

  (func (export "proxy_abi_version_0_2_1"))
  (func (export "_initialize"))
  (func (export "proxy_on_vm_start") (param i32 i32) (result i32) (i32.const 1))
  (func (export "proxy_on_configure") (param i32 i32) (result i32) (i32.const 1))

  (func (export "proxy_on_context_create") (param i32 i32)
    (global.set $heap (i32.const 4096)))

  (func $read_request_header (param $name i32) (param $size i32)
    (drop (call $get_header (i32.const 0) (local.get $name) (local.get $size) (i32.const 0) (i32.const 4))))

  (func (export "proxy_on_request_headers") (param $context i32) (param $count i32) (param $end i32) (result i32)
    (call $read_request_header (i32.const 64) (i32.const 5))
    (call $read_request_header (i32.const 80) (i32.const 10))
    (call $read_request_header (i32.const 96) (i32.const 7))
    (drop (call $add_header (i32.const 0) (i32.const 112) (i32.const 14) (i32.const 144) (i32.const 5)))
    (drop (call $log (i32.const 2) (i32.const 160) (i32.const 26)))
    (i32.const 0))

  (func (export "proxy_on_response_headers") (param $context i32) (param $count i32) (param $end i32) (result i32)
    (drop (call $add_header (i32.const 2) (i32.const 128) (i32.const 15) (i32.const 144) (i32.const 5)))
    (i32.const 0))

  (func (export "proxy_on_done") (param i32) (result i32) (i32.const 1))
  (func (export "proxy_on_log") (param i32))
  (func (export "proxy_on_delete") (param i32)))
