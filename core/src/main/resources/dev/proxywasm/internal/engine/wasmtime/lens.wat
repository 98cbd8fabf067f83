;; L, the lens: reaches the guest's memory and functions for H (host.wat), which cannot address them itself.
;;
;; Generated for each guest, instantiated last: it imports what the guest exports and fills H's table, in the order that is told by
;; LensTable.
(module
  (import "h" "table" (table ${LENS_SIZE} ${LENS_SIZE} funcref))
  (import "g" "memory" (memory 0))
  ${IMPORTS}

  (elem (i32.const 0) func ${LENS_FUNCTIONS})

  (func $load8 (param i32) (result i64)
    (i64.load (local.get 0)))

  ;; Reads 1 to 7 bytes, and not one more: the last byte of memory may be among them.
  (func $load_tail (param $from i32) (param $size i32) (result i64) (local $word i64) (local $shift i64)
    (if (i32.and (local.get $size) (i32.const 4))
      (then
        (local.set $word (i64.load32_u (local.get $from)))
        (local.set $from (i32.add (local.get $from) (i32.const 4)))
        (local.set $shift (i64.const 32))))
    (if (i32.and (local.get $size) (i32.const 2))
      (then
        (local.set $word (i64.or (local.get $word) (i64.shl (i64.load16_u (local.get $from)) (local.get $shift))))
        (local.set $from (i32.add (local.get $from) (i32.const 2)))
        (local.set $shift (i64.add (local.get $shift) (i64.const 16)))))
    (if (i32.and (local.get $size) (i32.const 1))
      (then
        (local.set $word (i64.or (local.get $word) (i64.shl (i64.load8_u (local.get $from)) (local.get $shift))))))
    (local.get $word))

  (func $load32 (param i32) (result i64 i64 i64 i64)
    (i64.load (local.get 0))
    (i64.load offset=8 (local.get 0))
    (i64.load offset=16 (local.get 0))
    (i64.load offset=24 (local.get 0)))

  (func $store8 (param i32 i64)
    (i64.store (local.get 0) (local.get 1)))

  (func $store_tail (param $to i32) (param $size i32) (param $word i64)
    (if (i32.and (local.get $size) (i32.const 4))
      (then
        (i64.store32 (local.get $to) (local.get $word))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (local.set $word (i64.shr_u (local.get $word) (i64.const 32)))))
    (if (i32.and (local.get $size) (i32.const 2))
      (then
        (i64.store16 (local.get $to) (local.get $word))
        (local.set $to (i32.add (local.get $to) (i32.const 2)))
        (local.set $word (i64.shr_u (local.get $word) (i64.const 16)))))
    (if (i32.and (local.get $size) (i32.const 1))
      (then
        (i64.store8 (local.get $to) (local.get $word)))))

  (func $store32 (param i32 i64 i64 i64 i64)
    (i64.store (local.get 0) (local.get 1))
    (i64.store offset=8 (local.get 0) (local.get 2))
    (i64.store offset=16 (local.get 0) (local.get 3))
    (i64.store offset=24 (local.get 0) (local.get 4)))

  (func $store4 (param i32 i32)
    (i32.store (local.get 0) (local.get 1)))

  (func $alloc (param $size i32) (result i32)
    ${ALLOCATE})

  (func $in_range (param $pointer i32) (param $size i32) (result i32)
    (i32.or
      (i32.eqz (local.get $size))
      (i64.le_u
        (i64.add (i64.extend_i32_u (local.get $pointer)) (i64.extend_i32_u (local.get $size)))
        (i64.shl (i64.extend_i32_u (memory.size)) (i64.const 16)))))

  ;; Calls the entry point of that number with as many of the arguments as it takes; 0 if it gives no result.
  (func $callback (param $entry i32) (param $0 i32) (param $1 i32) (param $2 i32) (param $3 i32) (param $4 i32) (result i32)
    ${DISPATCH}
    (unreachable))
)
