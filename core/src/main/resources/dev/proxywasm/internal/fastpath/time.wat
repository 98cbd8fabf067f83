;; Time. The first question of an entry on a clock is answered with the time at which Java entered the guest, which is right for whoever
;; stamps a log line or looks whether a token has expired, and takes no crossing. Whoever asks again measures: from then on every question
;; of the entry crosses. So time never stands still between two questions and never goes back; what is measured from the first one is too
;; long by what the guest did before it, never too short.

  ;; tell_time(clock, out): gives a clock's time of entry to the guest, once; 0 if that cannot be done.
  (func $tell_time (param $clock i32) (param $out i32) (result i32) (local $time i32)
    (if (i32.eqz (call $is_on)) (then (return (i32.const 0))))
    (if (i32.ge_u (local.get $clock) (i32.const ${TIME_COUNT})) (then (return (i32.const 0))))
    (local.set $time
      (i32.add (global.get $region) (i32.mul (local.get $clock) (i32.const ${TIME_BYTES}))))
    (if (i32.eqz (i32.load offset=${FRESH_TIMES} (local.get $time))) (then (return (i32.const 0))))
    (if (i32.eqz (call $inrange (local.get $out) (i32.const 8))) (then (return (i32.const 0))))
    (i32.store offset=${FRESH_TIMES} (local.get $time) (i32.const 0))
    (call $put8 (local.get $out) (i64.load offset=${NANOS_OF_TIMES} (local.get $time)))
    (i32.const 1))

  (func (export "env.proxy_get_current_time_nanoseconds") (param $time_out i32) (result i32)
    (if (call $tell_time (i32.const 0) (local.get $time_out)) (then (return (i32.const 0))))
    (call $cross:env.proxy_get_current_time_nanoseconds (local.get $time_out)))

  (func (export "wasi_snapshot_preview1.clock_time_get")
    (param $clock i32) (param $precision i64) (param $time_out i32) (result i32)
    (if (call $tell_time (local.get $clock) (local.get $time_out)) (then (return (i32.const 0))))
    (call $cross:wasi_snapshot_preview1.clock_time_get
      (local.get $clock) (local.get $precision) (local.get $time_out)))

  ;; One nanosecond.
  (func (export "wasi_snapshot_preview1.clock_res_get") (param $clock i32) (param $resolution_out i32) (result i32)
    (block $java
      (br_if $java (i32.eqz (call $is_on)))
      (br_if $java (i32.ge_u (local.get $clock) (i32.const ${TIME_COUNT})))
      (br_if $java (i32.eqz (call $inrange (local.get $resolution_out) (i32.const 8))))
      (call $put8 (local.get $resolution_out) (i64.const 1))
      (return (i32.const 0)))
    (call $cross:wasi_snapshot_preview1.clock_res_get (local.get $clock) (local.get $resolution_out)))
