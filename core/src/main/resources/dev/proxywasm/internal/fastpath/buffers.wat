;; Bodies and configurations, as far as Java laid them out.

  ;; buffer(type): the buffer's record if it is here, else 0.
  (func $buffer (param $type i32) (result i32) (local $buffer i32)
    (if (i32.eqz (call $is_on)) (then (return (i32.const 0))))
    (if (i32.gt_u (local.get $type) (i32.const 8)) (then (return (i32.const 0))))
    (local.set $buffer
      (i32.add (global.get $region)
        (i32.add (i32.const ${BUFFERS}) (i32.mul (local.get $type) (i32.const ${BUFFER_BYTES})))))
    (select (local.get $buffer) (i32.const 0) (i32.load offset=${BUFFER_STATE} (local.get $buffer))))

  ;; Bytes of a buffer, both ends cut to it.
  (func (export "env.proxy_get_buffer_bytes")
    (param $type i32) (param $start i32) (param $max i32) (param $value_out i32) (param $size_out i32) (result i32)
    (local $buffer i32) (local $size i32) (local $from i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $buffer (call $buffer (local.get $type)))))
      (br_if $java (i32.eqz (call $can_deliver (local.get $value_out) (local.get $size_out))))
      (local.set $size (i32.load offset=${BUFFER_SIZE} (local.get $buffer)))
      (local.set $from (call $min (local.get $start) (local.get $size)))
      (br_if $java
        (i32.eqz
          (call $deliver
            (i32.add (i32.load offset=${BUFFER_POINTER} (local.get $buffer)) (local.get $from))
            (call $min (local.get $max) (i32.sub (local.get $size) (local.get $from)))
            (local.get $value_out) (local.get $size_out))))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_buffer_bytes
      (local.get $type) (local.get $start) (local.get $max) (local.get $value_out) (local.get $size_out)))

  ;; The size of a buffer, and flags that are always 0.
  (func (export "env.proxy_get_buffer_status")
    (param $type i32) (param $size_out i32) (param $flags_out i32) (result i32) (local $buffer i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $buffer (call $buffer (local.get $type)))))
      (br_if $java (i32.eqz (call $can_deliver (local.get $size_out) (local.get $flags_out))))
      (call $put (local.get $size_out) (i32.load offset=${BUFFER_SIZE} (local.get $buffer)))
      (call $put (local.get $flags_out) (i32.const 0))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_buffer_status (local.get $type) (local.get $size_out) (local.get $flags_out)))
