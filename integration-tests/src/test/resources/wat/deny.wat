;; Answers 403 itself: to the request, or, configured as "1", in the place of the application's response.
(module
  (import "env" "proxy_get_buffer_bytes" (func $get_bytes (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_send_local_response" (func $respond (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "denied by a filter")
  ;; One pair: x-denied-by: wat
  (data (i32.const 64) "\01\00\00\00" "\0b\00\00\00" "\03\00\00\00" "x-denied-by\00" "wat\00")
  (global $of_response (mut i32) (i32.const 0))

  (func (export "proxy_abi_version_0_2_1"))
  ;; Only the configuration is ever handed over: it lies at 1024.
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_configure") (param i32 i32) (result i32)
    (drop (call $get_bytes (i32.const 7) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 4)))
    (global.set $of_response (i32.eq (i32.load8_u (i32.const 1024)) (i32.const 0x31)))
    (i32.const 1))

  (func $deny
    (if (call $respond (i32.const 403) (i32.const 0) (i32.const 0) (i32.const 16) (i32.const 18) (i32.const 64) (i32.const 28)
          (i32.const -1))
      (then (unreachable))))
  (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
    (if (global.get $of_response) (then (return (i32.const 0))))
    (call $deny)
    (i32.const 1))
  (func (export "proxy_on_response_headers") (param i32 i32 i32) (result i32)
    (if (i32.eqz (global.get $of_response)) (then (return (i32.const 0))))
    (call $deny)
    (i32.const 1)))
