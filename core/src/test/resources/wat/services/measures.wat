;; Adds 0x123456789 and 1 to the counter "hits" when configured, reads it, and hands the eight bytes to the foreign function "got".
;; Imports: proxy_define_metric, proxy_record_metric, proxy_increment_metric, proxy_get_metric, proxy_call_foreign_function.
(module
  (import "env" "proxy_define_metric" (func $define (param i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_record_metric" (func $record (param i32 i64) (result i32)))
  (import "env" "proxy_increment_metric" (func $increment (param i32 i64) (result i32)))
  (import "env" "proxy_get_metric" (func $read (param i32 i32) (result i32)))
  (import "env" "proxy_call_foreign_function" (func $call (param i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "hits")
  (data (i32.const 16) "got")
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_configure") (param i32 i32) (result i32)
    (if (call $define (i32.const 0) (i32.const 0) (i32.const 4) (i32.const 64)) (then unreachable))
    (if (call $record (i32.load (i32.const 64)) (i64.const 0x123456789)) (then unreachable))
    (if (call $increment (i32.load (i32.const 64)) (i64.const 1)) (then unreachable))
    (if (call $read (i32.load (i32.const 64)) (i32.const 72)) (then unreachable))
    (i32.eqz (call $call (i32.const 16) (i32.const 3) (i32.const 72) (i32.const 8) (i32.const 0) (i32.const 0)))))
