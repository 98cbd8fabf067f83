;; H, the host module: it stands between the guest and Java. Its memory is the mailbox.
;;
;; The guest's imports are bound to functions of this module. Each stores its arguments in the mailbox and calls the one Java function
;; `$host`, which takes no arguments and gives no result, because arguments are what makes a call into Java slow. Java enters through
;; `run` and `alloc`, which take none either.
;;
;; The guest cannot address the mailbox, and this module cannot address the guest's memory: it goes through functions of L, the lens
;; (lens.wat), which fills `table` once the guest exists. Nothing here may run before that.
;;
;; Layout (names in ${} are constants of the class Mailbox, in bytes; numbers are little-endian):
;;
;;   OPCODE         i32     which import crosses to Java: its position among the guest's imported functions
;;   RESULT         8 bytes what Java answers, as wide as the import's result
;;   ARGUMENTS      8 bytes for each argument; upper bytes of a narrow one are whatever was there
;;   ALLOC_SIZE     i32     what `alloc` asks of the guest's allocator
;;   ALLOC_POINTER  i32     and what that answers
;;   CALL_COUNT     i32     how many calls `run` shall make
;;   CALLS_DONE     i32     how many have returned; the one under way, while one is
;;   CALLS          CALL_BYTES for each call: CALL_ENTRY i32, CALL_ARGUMENTS 5 x i32, CALL_RESULT i32
;;   REGION         the rest belongs to the sandbox code and the Java side of it
;;
;; Rules: a hostcall can call the allocator, and that can make hostcalls, which use the same slots. So Java takes all arguments out
;; before it enters again, and writes the result last. Sandbox code keeps what it needs across `$alloc` in locals.
(module
  (type $load8 (func (param i32) (result i64)))
  (type $load_tail (func (param i32 i32) (result i64)))
  (type $load32 (func (param i32) (result i64 i64 i64 i64)))
  (type $store8 (func (param i32 i64)))
  (type $store_tail (func (param i32 i32 i64)))
  (type $store32 (func (param i32 i64 i64 i64 i64)))
  (type $store4 (func (param i32 i32)))
  (type $alloc (func (param i32) (result i32)))
  (type $in_range (func (param i32 i32) (result i32)))
  (type $callback (func (param i32 i32 i32 i32 i32 i32) (result i32)))

  (import "env" "host" (func $host))
  (memory (export "mailbox") ${MAILBOX_PAGES} ${MAILBOX_PAGES})
  (table (export "table") ${LENS_SIZE} ${LENS_SIZE} funcref)

  ;; Where the sandbox code's region begins.
  (global $region i32 (i32.const ${REGION}))

  ;; Makes the calls that stand in the mailbox.
  (func (export "run") (local $call i32)
    (i32.store (i32.const ${CALLS_DONE}) (i32.const 0))
    (local.set $call (i32.const ${CALLS}))
    (block $end
      (loop $next
        (br_if $end (i32.ge_u (i32.load (i32.const ${CALLS_DONE})) (i32.load (i32.const ${CALL_COUNT}))))
        (i32.store offset=${CALL_RESULT} (local.get $call)
          (call_indirect (type $callback)
            (i32.load offset=${CALL_ENTRY} (local.get $call))
            (i32.load offset=${CALL_ARGUMENT_0} (local.get $call))
            (i32.load offset=${CALL_ARGUMENT_1} (local.get $call))
            (i32.load offset=${CALL_ARGUMENT_2} (local.get $call))
            (i32.load offset=${CALL_ARGUMENT_3} (local.get $call))
            (i32.load offset=${CALL_ARGUMENT_4} (local.get $call))
            (i32.const ${LENS_CALLBACK})))
        (i32.store (i32.const ${CALLS_DONE}) (i32.add (i32.load (i32.const ${CALLS_DONE})) (i32.const 1)))
        (local.set $call (i32.add (local.get $call) (i32.const ${CALL_BYTES})))
        (br $next))))

  ;; Calls the guest's allocator for Java, during a hostcall.
  (func (export "alloc")
    (i32.store (i32.const ${ALLOC_POINTER})
      (call $alloc (i32.load (i32.const ${ALLOC_SIZE})))))

  ;; in(to, from, size): copies from the guest into the mailbox. Traps outside the guest's memory: ask $inrange first.
  ;; Writes whole words: up to 7 zero bytes follow the last one, so reserve a multiple of 8.
  (func $in (param $to i32) (param $from i32) (param $size i32)
    (local $a i64) (local $b i64) (local $c i64) (local $d i64)
    (block $end
      (loop $next
        (br_if $end (i32.lt_u (local.get $size) (i32.const 32)))
        (call_indirect (type $load32) (local.get $from) (i32.const ${LENS_LOAD32}))
        (local.set $d) (local.set $c) (local.set $b) (local.set $a)
        (i64.store (local.get $to) (local.get $a))
        (i64.store offset=8 (local.get $to) (local.get $b))
        (i64.store offset=16 (local.get $to) (local.get $c))
        (i64.store offset=24 (local.get $to) (local.get $d))
        (local.set $to (i32.add (local.get $to) (i32.const 32)))
        (local.set $from (i32.add (local.get $from) (i32.const 32)))
        (local.set $size (i32.sub (local.get $size) (i32.const 32)))
        (br $next)))
    (block $end
      (loop $next
        (br_if $end (i32.lt_u (local.get $size) (i32.const 8)))
        (i64.store (local.get $to)
          (call_indirect (type $load8) (local.get $from) (i32.const ${LENS_LOAD8})))
        (local.set $to (i32.add (local.get $to) (i32.const 8)))
        (local.set $from (i32.add (local.get $from) (i32.const 8)))
        (local.set $size (i32.sub (local.get $size) (i32.const 8)))
        (br $next)))
    (if (local.get $size)
      (then
        (i64.store (local.get $to)
          (call_indirect (type $load_tail) (local.get $from) (local.get $size) (i32.const ${LENS_LOAD_TAIL}))))))

  ;; out(to, from, size): copies from the mailbox into the guest. Traps outside the guest's memory: ask $inrange first.
  (func $out (param $to i32) (param $from i32) (param $size i32)
    (block $end
      (loop $next
        (br_if $end (i32.lt_u (local.get $size) (i32.const 32)))
        (call_indirect (type $store32)
          (local.get $to)
          (i64.load (local.get $from))
          (i64.load offset=8 (local.get $from))
          (i64.load offset=16 (local.get $from))
          (i64.load offset=24 (local.get $from))
          (i32.const ${LENS_STORE32}))
        (local.set $to (i32.add (local.get $to) (i32.const 32)))
        (local.set $from (i32.add (local.get $from) (i32.const 32)))
        (local.set $size (i32.sub (local.get $size) (i32.const 32)))
        (br $next)))
    (block $end
      (loop $next
        (br_if $end (i32.lt_u (local.get $size) (i32.const 8)))
        (call_indirect (type $store8) (local.get $to) (i64.load (local.get $from)) (i32.const ${LENS_STORE8}))
        (local.set $to (i32.add (local.get $to) (i32.const 8)))
        (local.set $from (i32.add (local.get $from) (i32.const 8)))
        (local.set $size (i32.sub (local.get $size) (i32.const 8)))
        (br $next)))
    (if (local.get $size)
      (then
        (call_indirect (type $store_tail)
          (local.get $to) (local.get $size) (i64.load (local.get $from)) (i32.const ${LENS_STORE_TAIL})))))

  ;; inrange(pointer, size): 1 if the range lies in the guest's memory or is empty, else 0.
  (func $inrange (param $pointer i32) (param $size i32) (result i32)
    (call_indirect (type $in_range) (local.get $pointer) (local.get $size) (i32.const ${LENS_IN_RANGE})))

  ;; put(at, word): stores an i32 in the guest. Traps outside the guest's memory: ask $inrange first.
  (func $put (param $at i32) (param $word i32)
    (call_indirect (type $store4) (local.get $at) (local.get $word) (i32.const ${LENS_STORE4})))

  ;; put8(at, word): stores an i64 in the guest. Traps outside the guest's memory: ask $inrange first.
  (func $put8 (param $at i32) (param $word i64)
    (call_indirect (type $store8) (local.get $at) (local.get $word) (i32.const ${LENS_STORE8})))

  ;; get8(at): loads an i64 from the guest. Traps outside the guest's memory: ask $inrange first.
  (func $get8 (param $at i32) (result i64)
    (call_indirect (type $load8) (local.get $at) (i32.const ${LENS_LOAD8})))

  ;; alloc(size): what the guest's allocator answers, unchecked: it may be 0 or point anywhere.
  (func $alloc (param $size i32) (result i32)
    (call_indirect (type $alloc) (local.get $size) (i32.const ${LENS_ALLOC})))

  ${TRAMPOLINES}
  ${SANDBOX_CODE}
)
