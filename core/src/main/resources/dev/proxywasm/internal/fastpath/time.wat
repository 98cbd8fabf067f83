;; The time. The first question of an entry is answered with the time at which Java entered the guest, which is right for whoever stamps a
;; log line or looks whether a token has expired, and takes no crossing. Whoever asks again measures: from then on every question of the
;; entry crosses. So time never stands still between two questions and never goes back; what is measured from the first one is too long by
;; what the guest did before it, never too short.

  (func (export "env.proxy_get_current_time_nanoseconds") (param $time_out i32) (result i32)
    (block $java
      (br_if $java (i32.eqz (call $is_on)))
      (br_if $java (i32.eqz (i32.load offset=${TIME_FRESH} (global.get $region))))
      (br_if $java (i32.eqz (call $inrange (local.get $time_out) (i32.const 8))))
      (i32.store offset=${TIME_FRESH} (global.get $region) (i32.const 0))
      (call $out (local.get $time_out) (i32.add (global.get $region) (i32.const ${TIME})) (i32.const 8))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_current_time_nanoseconds (local.get $time_out)))
