;; Metrics. Changes are noted and done by Java with the next crossing or at the end of the entry. Values are not kept here: other VMs change
;; them too, so whoever asks for one crosses, and gets it with all changes done.

  ;; metric(id): 1 + the type of a metric that can be changed here, else 0.
  (func $metric (param $id i32) (result i32)
    (if (i32.eqz (call $is_on)) (then (return (i32.const 0))))
    (if (i32.ge_u (local.get $id) (i32.const ${MAX_METRICS})) (then (return (i32.const 0))))
    (if (i32.eqz (call $has_record)) (then (return (i32.const 0))))
    (i32.load8_u offset=${METRICS} (i32.add (global.get $region) (local.get $id))))

  ;; Adds to a counter, which only rises, or to a gauge.
  (func (export "env.proxy_increment_metric") (param $id i32) (param $offset i64) (result i32) (local $metric i32)
    (block $java
      (local.set $metric (call $metric (local.get $id)))
      (br_if $java (i32.eqz (local.get $metric)))
      (br_if $java (i32.gt_u (local.get $metric) (i32.const ${GAUGE})))
      (br_if $java
        (i32.and
          (i32.eq (local.get $metric) (i32.const ${COUNTER}))
          (i64.le_s (local.get $offset) (i64.const 0))))
      (i64.store offset=${RECORD_VALUE}
        (call $new_record (i32.const ${INCREMENT_METRIC}) (local.get $id))
        (local.get $offset))
      (return (i32.const 0)))
    (call $cross:env.proxy_increment_metric (local.get $id) (local.get $offset)))

  ;; Gives a value to a metric of any type.
  (func (export "env.proxy_record_metric") (param $id i32) (param $value i64) (result i32)
    (block $java
      (br_if $java (i32.eqz (call $metric (local.get $id))))
      (i64.store offset=${RECORD_VALUE}
        (call $new_record (i32.const ${RECORD_METRIC}) (local.get $id))
        (local.get $value))
      (return (i32.const 0)))
    (call $cross:env.proxy_record_metric (local.get $id) (local.get $value)))
