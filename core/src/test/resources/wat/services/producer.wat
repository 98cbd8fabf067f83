;; Function 1 of its foreign callback appends its arguments to the queue "jobs" of its own vm_id; function 2 takes a message out and hands it
;; to the foreign function "got". Calls the foreign function "ready" when configured.
;; Imports: proxy_resolve_shared_queue, proxy_enqueue_shared_queue, proxy_dequeue_shared_queue, proxy_get_buffer_bytes,
;; proxy_call_foreign_function.
(module
  (import "env" "proxy_resolve_shared_queue" (func $resolve (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_enqueue_shared_queue" (func $enqueue (param i32 i32 i32) (result i32)))
  (import "env" "proxy_dequeue_shared_queue" (func $dequeue (param i32 i32 i32) (result i32)))
  (import "env" "proxy_get_buffer_bytes" (func $buffer (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_call_foreign_function" (func $call (param i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "jobs")
  (data (i32.const 16) "got")
  (data (i32.const 32) "ready")
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_configure") (param i32 i32) (result i32)
    ;; Outside of its callback there are no arguments: NOT_FOUND.
    (if (i32.ne (i32.const 1) (call $buffer (i32.const 8) (i32.const 0) (i32.const 9) (i32.const 68) (i32.const 72)))
      (then unreachable))
    (i32.eqz (call $call (i32.const 32) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))))
  (func (export "proxy_on_foreign_function") (param $context i32) (param $function i32) (param $size i32)
    (if (call $resolve (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 4) (i32.const 64)) (then unreachable))
    (if (i32.eq (local.get $function) (i32.const 1))
      (then
        (if (call $buffer (i32.const 8) (i32.const 0) (local.get $size) (i32.const 68) (i32.const 72)) (then unreachable))
        (if (call $enqueue (i32.load (i32.const 64)) (i32.load (i32.const 68)) (i32.load (i32.const 72)))
          (then unreachable)))
      (else
        (if (call $dequeue (i32.load (i32.const 64)) (i32.const 68) (i32.const 72)) (then unreachable))
        (drop (call $call (i32.const 16) (i32.const 3) (i32.load (i32.const 68)) (i32.load (i32.const 72))
          (i32.const 0) (i32.const 0)))))))
