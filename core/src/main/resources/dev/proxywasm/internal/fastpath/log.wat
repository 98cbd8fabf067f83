;; The plugin's log. The context of a line is that of the entry under way: when another is effective, everything crosses.

  ;; A line below the log's level costs nothing; others wait in the journal.
  (func (export "env.proxy_log") (param $level i32) (param $text i32) (param $size i32) (result i32) (local $at i32)
    (block $java
      (br_if $java (i32.eqz (call $is_on)))
      (br_if $java (i32.gt_u (local.get $level) (i32.const 5)))
      (br_if $java (i32.eqz (call $inrange (local.get $text) (local.get $size))))
      (if (i32.lt_u (local.get $level) (i32.load offset=${LOG_LEVEL} (global.get $region)))
        (then (return (i32.const 0))))
      (br_if $java (i32.gt_u (local.get $size) (i32.load offset=${MAX_LINE} (global.get $region))))
      (br_if $java (i32.eqz (call $has_record)))
      (br_if $java (i32.eqz (local.tee $at (call $reserve (local.get $size)))))
      (call $in (local.get $at) (local.get $text) (local.get $size))
      (call $record
        (i32.const ${LOG}) (local.get $level) (i32.const 0) (i32.const 0) (local.get $at) (local.get $size))
      (return (i32.const 0)))
    (call $cross:env.proxy_log (local.get $level) (local.get $text) (local.get $size)))

  (func (export "env.proxy_get_log_level") (param $level_out i32) (result i32)
    (block $java
      (br_if $java (i32.eqz (call $is_on)))
      (br_if $java (i32.eqz (call $inrange (local.get $level_out) (i32.const 4))))
      (call $put (local.get $level_out) (i32.load offset=${LOG_LEVEL} (global.get $region)))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_log_level (local.get $level_out)))
