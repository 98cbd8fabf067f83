;; Answers every request with its configuration.
(module
  (import "env" "proxy_get_buffer_bytes" (func $buffer (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_send_local_response" (func $reply (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
    (drop (call $buffer (i32.const 7) (i32.const 0) (i32.const 1000) (i32.const 0) (i32.const 4)))
    (drop (call $reply
      (i32.const 200) (i32.const 0) (i32.const 0)
      (i32.const 1024) (i32.load (i32.const 4))
      (i32.const 0) (i32.const 0) (i32.const -1)))
    (i32.const 1)))
