;; Lets each request wait for an HTTP callout to the upstream "upstream".
(module
  (import "env" "proxy_http_call" (func $call (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_set_effective_context" (func $set_effective_context (param i32) (result i32)))
  (import "env" "proxy_continue_stream" (func $continue (param i32) (result i32)))
  (import "env" "proxy_add_header_map_value" (func $add (param i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "upstream")
  (data (i32.const 32) "x-resumed-by")
  (data (i32.const 48) "callout")
  ;; Three pairs: :method: GET, :path: /, :authority: upstream
  (data (i32.const 64) "\03\00\00\00" "\07\00\00\00" "\03\00\00\00" "\05\00\00\00" "\01\00\00\00" "\0a\00\00\00" "\08\00\00\00"
    ":method\00" "GET\00" ":path\00" "/\00" ":authority\00" "upstream\00")

  (func (export "proxy_abi_version_0_2_1"))
  ;; What is handed over is not looked at.
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 512))

  ;; From 1024 on: for each callout, by its id, the context that waits.
  (func $slot (param $id i32) (result i32)
    (i32.add (i32.const 1024) (i32.mul (i32.const 4) (i32.rem_u (local.get $id) (i32.const 1024)))))
  (func (export "proxy_on_request_headers") (param $stream i32) (param i32 i32) (result i32)
    (if (call $call (i32.const 16) (i32.const 8) (i32.const 64) (i32.const 68) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
          (i32.const 20000) (i32.const 8))
      (then (unreachable)))
    (i32.store (call $slot (i32.load (i32.const 8))) (local.get $stream))
    (i32.const 1))
  (func (export "proxy_on_http_call_response") (param i32) (param $id i32) (param i32 i32 i32)
    (if (call $set_effective_context (i32.load (call $slot (local.get $id)))) (then (return)))
    (drop (call $add (i32.const 0) (i32.const 32) (i32.const 12) (i32.const 48) (i32.const 7)))
    (drop (call $continue (i32.const 0)))))
