;; Asks for time when its root context is to end, and is ready when it is told of the message that it queued then.
;; Imports: proxy_register_shared_queue, proxy_enqueue_shared_queue, proxy_done, proxy_call_foreign_function.
;; Calls the foreign function "got" with "deleted" in the end.
(module
  (import "env" "proxy_register_shared_queue" (func $register (param i32 i32 i32) (result i32)))
  (import "env" "proxy_enqueue_shared_queue" (func $enqueue (param i32 i32 i32) (result i32)))
  (import "env" "proxy_done" (func $done (result i32)))
  (import "env" "proxy_call_foreign_function" (func $call (param i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "jobs")
  (data (i32.const 16) "got")
  (data (i32.const 32) "deleted")
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_configure") (param i32 i32) (result i32)
    (i32.eqz (call $register (i32.const 0) (i32.const 4) (i32.const 64))))
  (func (export "proxy_on_done") (param i32) (result i32)
    (call $enqueue (i32.load (i32.const 64)) (i32.const 0) (i32.const 4)))
  (func (export "proxy_on_queue_ready") (param i32 i32)
    (if (call $done) (then unreachable)))
  (func (export "proxy_on_delete") (param i32)
    (drop (call $call (i32.const 16) (i32.const 3) (i32.const 32) (i32.const 7) (i32.const 0) (i32.const 0)))))
