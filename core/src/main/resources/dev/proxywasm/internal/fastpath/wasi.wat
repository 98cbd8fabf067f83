;; What language runtimes ask of a system: outputs, which go to the log, random numbers, and what a guest has not got: arguments, and mostly
;; an environment.

  ;; What is written to the outputs goes to the log, which puts its lines together.
  (func (export "wasi_snapshot_preview1.fd_write")
    (param $fd i32) (param $vectors i32) (param $count i32) (param $written_out i32) (result i32)
    (local $size i32) (local $level i32)
    (block $java
      (br_if $java (i32.eqz (call $is_on)))
      (br_if $java (i32.eqz (call $is_output (local.get $fd))))
      (br_if $java (i32.eqz (call $inrange (local.get $written_out) (i32.const 4))))
      (br_if $java (i32.gt_u (local.get $count) (i32.const ${MAX_VECTORS})))
      (br_if $java (i32.eqz (call $inrange (local.get $vectors) (i32.shl (local.get $count) (i32.const 3)))))
      (br_if $java (i32.lt_s (local.tee $size (call $total (local.get $vectors) (local.get $count))) (i32.const 0)))
      (local.set $level
        (select (i32.const ${INFO}) (i32.const ${ERROR}) (i32.eq (local.get $fd) (i32.const 1))))
      (if (i32.ge_u (local.get $level) (i32.load offset=${LOG_LEVEL} (global.get $region)))
        (then
          (br_if $java
            (i32.eqz
              (call $write_vectors (local.get $level) (local.get $vectors) (local.get $count) (local.get $size))))))
      (call $put (local.get $written_out) (local.get $size))
      (return (i32.const 0)))
    (call $cross:wasi_snapshot_preview1.fd_write
      (local.get $fd) (local.get $vectors) (local.get $count) (local.get $written_out)))

  (func $is_output (param $fd i32) (result i32)
    (i32.lt_u (i32.sub (local.get $fd) (i32.const 1)) (i32.const 2)))

  ;; A vector's pointer, and in the upper half its size.
  (func $vector (param $vectors i32) (param $number i32) (result i64)
    (call $get8 (i32.add (local.get $vectors) (i32.shl (local.get $number) (i32.const 3)))))

  ;; How many bytes vectors have together; -1 if they are outside the guest's memory or more than a line of the log.
  (func $total (param $vectors i32) (param $count i32) (result i32)
    (local $i i32) (local $vector i64) (local $size i32) (local $total i32)
    (block $end
      (loop $next
        (br_if $end (i32.ge_u (local.get $i) (local.get $count)))
        (local.set $vector (call $vector (local.get $vectors) (local.get $i)))
        (local.set $size (i32.wrap_i64 (i64.shr_u (local.get $vector) (i64.const 32))))
        (if (i32.gt_u (local.get $size) (i32.load offset=${MAX_LINE} (global.get $region)))
          (then (return (i32.const -1))))
        (if (i32.eqz (call $inrange (i32.wrap_i64 (local.get $vector)) (local.get $size)))
          (then (return (i32.const -1))))
        (local.set $total (i32.add (local.get $total) (local.get $size)))
        (if (i32.gt_u (local.get $total) (i32.load offset=${MAX_LINE} (global.get $region)))
          (then (return (i32.const -1))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (local.get $total))

  ;; Notes what vectors hold as one piece, unless it is empty; 0 if there is no room.
  (func $write_vectors (param $level i32) (param $vectors i32) (param $count i32) (param $size i32) (result i32)
    (local $piece i32) (local $at i32) (local $i i32) (local $vector i64)
    (if (i32.eqz (call $has_record)) (then (return (i32.const 0))))
    (if (i32.eqz (local.tee $piece (call $reserve (local.get $size)))) (then (return (i32.const 0))))
    (local.set $at (local.get $piece))
    (block $end
      (loop $next
        (br_if $end (i32.ge_u (local.get $i) (local.get $count)))
        (local.set $vector (call $vector (local.get $vectors) (local.get $i)))
        ;; The zeros that follow a piece are overwritten by the next one; behind the last one there is nothing yet.
        (call $in
          (local.get $at)
          (i32.wrap_i64 (local.get $vector))
          (i32.wrap_i64 (i64.shr_u (local.get $vector) (i64.const 32))))
        (local.set $at (i32.add (local.get $at) (i32.wrap_i64 (i64.shr_u (local.get $vector) (i64.const 32)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (if (local.get $size)
      (then
        (call $record
          (i32.const ${OUTPUT}) (local.get $level) (i32.const 0) (i32.const 0) (local.get $piece) (local.get $size))))
    (i32.const 1))

  ;; What can be done with an output: writing.
  (func (export "wasi_snapshot_preview1.fd_fdstat_get") (param $fd i32) (param $status_out i32) (result i32)
    (block $java
      (br_if $java (i32.eqz (call $is_on)))
      (br_if $java (i32.eqz (call $is_output (local.get $fd))))
      (br_if $java (i32.eqz (call $inrange (local.get $status_out) (i32.const 24))))
      (call $put8 (local.get $status_out) (i64.const 0))
      (call $put8 (i32.add (local.get $status_out) (i32.const 8)) (i64.const ${RIGHT_TO_WRITE}))
      (call $put8 (i32.add (local.get $status_out) (i32.const 16)) (i64.const 0))
      (return (i32.const 0)))
    (call $cross:wasi_snapshot_preview1.fd_fdstat_get (local.get $fd) (local.get $status_out)))

  ;; Random bytes from those that Java made before; each is given out once and erased.
  (func (export "wasi_snapshot_preview1.random_get") (param $buffer i32) (param $size i32) (result i32)
    (local $left i32) (local $from i32)
    (block $java
      (br_if $java (i32.eqz (call $is_on)))
      (local.set $left (i32.load offset=${RANDOM_LEFT} (global.get $region)))
      (br_if $java (i32.gt_u (local.get $size) (local.get $left)))
      (br_if $java (i32.eqz (call $inrange (local.get $buffer) (local.get $size))))
      (local.set $left (i32.sub (local.get $left) (local.get $size)))
      (i32.store offset=${RANDOM_LEFT} (global.get $region) (local.get $left))
      (local.set $from (i32.add (global.get $region) (i32.add (i32.const ${RANDOM}) (local.get $left))))
      (call $out (local.get $buffer) (local.get $from) (local.get $size))
      (memory.fill (local.get $from) (i32.const 0) (local.get $size))
      (return (i32.const 0)))
    (call $cross:wasi_snapshot_preview1.random_get (local.get $buffer) (local.get $size)))

  ;; No environment; one that there is crosses.
  (func (export "wasi_snapshot_preview1.environ_sizes_get")
    (param $count_out i32) (param $size_out i32) (result i32)
    (block $java
      (br_if $java (i32.eqz (i32.load offset=${NO_ENVIRONMENT} (global.get $region))))
      (br_if $java (i32.eqz (call $give_none (local.get $count_out) (local.get $size_out))))
      (return (i32.const 0)))
    (call $cross:wasi_snapshot_preview1.environ_sizes_get (local.get $count_out) (local.get $size_out)))

  (func (export "wasi_snapshot_preview1.environ_get") (param $array i32) (param $buffer i32) (result i32)
    (if (i32.load offset=${NO_ENVIRONMENT} (global.get $region))
      (then
        (if (call $is_on) (then (return (i32.const 0))))))
    (call $cross:wasi_snapshot_preview1.environ_get (local.get $array) (local.get $buffer)))

  ;; No arguments.
  (func (export "wasi_snapshot_preview1.args_sizes_get") (param $count_out i32) (param $size_out i32) (result i32)
    (if (call $give_none (local.get $count_out) (local.get $size_out)) (then (return (i32.const 0))))
    (call $cross:wasi_snapshot_preview1.args_sizes_get (local.get $count_out) (local.get $size_out)))

  (func (export "wasi_snapshot_preview1.args_get") (param $array i32) (param $buffer i32) (result i32)
    (if (call $is_on) (then (return (i32.const 0))))
    (call $cross:wasi_snapshot_preview1.args_get (local.get $array) (local.get $buffer)))

  ;; Tells the guest that there are 0 things of 0 bytes; gives 0 if that cannot be done.
  (func $give_none (param $count_out i32) (param $size_out i32) (result i32)
    (if (i32.eqz (call $is_on)) (then (return (i32.const 0))))
    (if (i32.eqz (call $can_deliver (local.get $count_out) (local.get $size_out))) (then (return (i32.const 0))))
    (call $put (local.get $count_out) (i32.const 0))
    (call $put (local.get $size_out) (i32.const 0))
    (i32.const 1))

  (func (export "wasi_snapshot_preview1.sched_yield") (result i32)
    (if (call $is_on) (then (return (i32.const 0))))
    (call $cross:wasi_snapshot_preview1.sched_yield))
