;; Registers the queue "jobs" and hands every message that it is told of to the foreign function "got"; traps after the message "trap".
;; Imports: proxy_register_shared_queue, proxy_dequeue_shared_queue, proxy_call_foreign_function.
(module
  (import "env" "proxy_register_shared_queue" (func $register (param i32 i32 i32) (result i32)))
  (import "env" "proxy_dequeue_shared_queue" (func $dequeue (param i32 i32 i32) (result i32)))
  (import "env" "proxy_call_foreign_function" (func $call (param i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "jobs")
  (data (i32.const 16) "got")
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_configure") (param i32 i32) (result i32)
    (i32.eqz (call $register (i32.const 0) (i32.const 4) (i32.const 64))))
  (func (export "proxy_on_queue_ready") (param $root i32) (param $queue i32)
    (if (i32.ne (local.get $queue) (i32.load (i32.const 64))) (then unreachable))
    (if (call $dequeue (local.get $queue) (i32.const 68) (i32.const 72)) (then unreachable))
    (drop (call $call
      (i32.const 16) (i32.const 3) (i32.load (i32.const 68)) (i32.load (i32.const 72)) (i32.const 0) (i32.const 0)))
    (if (i32.eq (i32.load (i32.load (i32.const 68))) (i32.const 0x70617274)) (then unreachable))))
