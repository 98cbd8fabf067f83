;; Answers each request's x-id twice in its response: as x-echo from the host's copy of the request, and as x-remembered from the
;; guest's own memory, where each context has 64 bytes. Values are up to 60 bytes long.
(module
  (import "env" "proxy_get_header_map_value" (func $get (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_add_header_map_value" (func $add (param i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 16) "x-id")
  (data (i32.const 32) "x-echo")
  (data (i32.const 48) "x-remembered")

  (func (export "proxy_abi_version_0_2_1"))
  ;; Only one value at a time is handed over: it lies at 1024.
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))

  ;; Where a context keeps its value: a length, then the bytes. More than 1000 contexts never live at once.
  (func $place (param $context i32) (result i32)
    (i32.add (i32.const 4096) (i32.mul (i32.rem_u (local.get $context) (i32.const 1000)) (i32.const 64))))
  (func $read
    (if (call $get (i32.const 0) (i32.const 16) (i32.const 4) (i32.const 0) (i32.const 4)) (then (unreachable))))

  (func (export "proxy_on_request_headers") (param $context i32) (param i32 i32) (result i32)
    (call $read)
    (i32.store (call $place (local.get $context)) (i32.load (i32.const 4)))
    (memory.copy
      (i32.add (call $place (local.get $context)) (i32.const 4)) (i32.load (i32.const 0)) (i32.load (i32.const 4)))
    (i32.const 0))

  (func (export "proxy_on_response_headers") (param $context i32) (param i32 i32) (result i32)
    (call $read)
    (drop (call $add (i32.const 2) (i32.const 32) (i32.const 6) (i32.load (i32.const 0)) (i32.load (i32.const 4))))
    (drop (call $add (i32.const 2) (i32.const 48) (i32.const 12)
      (i32.add (call $place (local.get $context)) (i32.const 4)) (i32.load (call $place (local.get $context)))))
    (i32.const 0)))
