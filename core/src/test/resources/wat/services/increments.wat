;; Counts up the shared value "n" as often as its foreign callback has bytes of arguments, each time by compare and swap.
;; Imports: proxy_get_shared_data, proxy_set_shared_data, proxy_call_foreign_function.
;; Calls the foreign function "ready" when configured, and "finished" after the last increment.
(module
  (import "env" "proxy_get_shared_data" (func $get (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_set_shared_data" (func $set (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_call_foreign_function" (func $call (param i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "n")
  (data (i32.const 16) "ready")
  (data (i32.const 32) "finished")
  (func (export "proxy_abi_version_0_2_1"))
  ;; Every allocation may lie at the same place: a value is read before the next.
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_configure") (param i32 i32) (result i32)
    (i32.eqz (call $call (i32.const 16) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))))
  (func (export "proxy_on_foreign_function") (param $context i32) (param $function i32) (param $times i32)
    (loop $again
      (call $increment)
      (local.set $times (i32.sub (local.get $times) (i32.const 1)))
      (br_if $again (local.get $times)))
    (drop (call $call (i32.const 32) (i32.const 8) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))))
  (func $increment
    (loop $retry
      ;; Without a value yet, the count is 0 and the number is 0: another may overwrite the first value, so the host stores one before.
      (if (call $get (i32.const 0) (i32.const 1) (i32.const 64) (i32.const 68) (i32.const 72)) (then unreachable))
      (i32.store (i32.const 80) (i32.add (i32.load (i32.load (i32.const 64))) (i32.const 1)))
      (br_if $retry
        (i32.eq (i32.const 8)
          (call $set (i32.const 0) (i32.const 1) (i32.const 80) (i32.const 4) (i32.load (i32.const 72))))))))
