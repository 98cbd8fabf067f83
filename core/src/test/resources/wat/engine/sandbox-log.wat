;; Sandbox code under test: answers env.log(level, pointer, size) -> i32 by appending to a journal in its region, and env.echo by
;; copying a text into memory that the guest's allocator gives.
;;
;; Region: 0 i32 bytes used, 4 i32 bytes that may be used, 8 records: i32 level, i32 size, text padded to 8.
(func $log (export "env.log") (param $level i32) (param $pointer i32) (param $size i32) (result i32)
  (local $record i32) (local $room i32)
  (if (i32.eqz (call $inrange (local.get $pointer) (local.get $size))) (then (return (i32.const 6))))
  (local.set $room
    (i32.add (i32.const 8) (i32.and (i32.add (local.get $size) (i32.const 7)) (i32.const -8))))
  (if (i32.gt_u
        (i32.add (i32.load (global.get $region)) (local.get $room))
        (i32.load offset=4 (global.get $region)))
    (then (return (call $cross:env.log (local.get $level) (local.get $pointer) (local.get $size)))))
  (local.set $record
    (i32.add (i32.add (global.get $region) (i32.const 8)) (i32.load (global.get $region))))
  (i32.store (local.get $record) (local.get $level))
  (i32.store offset=4 (local.get $record) (local.get $size))
  (call $in (i32.add (local.get $record) (i32.const 8)) (local.get $pointer) (local.get $size))
  (i32.store (global.get $region) (i32.add (i32.load (global.get $region)) (local.get $room)))
  (i32.const 0))

(func (export "env.echo") (param $pointer i32) (param $size i32) (param $pointer_out i32) (param $size_out i32) (result i32)
  (local $given i32)
  (if (i32.eqz (call $inrange (local.get $pointer) (local.get $size))) (then (return (i32.const 6))))
  (call $in (i32.add (global.get $region) (i32.const 4096)) (local.get $pointer) (local.get $size))
  (if (local.get $size)
    (then
      (local.set $given (call $alloc (local.get $size)))
      (if (i32.eqz (local.get $given)) (then (return (i32.const 10))))
      (if (i32.eqz (call $inrange (local.get $given) (local.get $size))) (then (return (i32.const 10))))
      (call $out (local.get $given) (i32.add (global.get $region) (i32.const 4096)) (local.get $size))))
  (call $put (local.get $pointer_out) (local.get $given))
  (call $put (local.get $size_out) (local.get $size))
  (i32.const 0))
