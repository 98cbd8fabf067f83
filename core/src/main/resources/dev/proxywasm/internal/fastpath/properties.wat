;; Properties, as far as Java laid them out: those that guests of the plugin asked for before in this kind of callback, and that nothing
;; changes which is answered here. Attributes that depend on plain headers or on how much of a body has come are not among them.

  ;; property(path, size): the property's record if Java knows that path, else 0.
  (func $property (param $path i32) (param $size i32) (result i32) (local $property i32) (local $end i32)
    (if (i32.eqz (call $is_on)) (then (return (i32.const 0))))
    (if (i32.gt_u (i32.sub (local.get $size) (i32.const 1)) (i32.const ${LAST_OF_PATH})) (then (return (i32.const 0))))
    (if (i32.eqz (call $inrange (local.get $path) (local.get $size))) (then (return (i32.const 0))))
    (call $in (i32.add (global.get $region) (i32.const ${KEY})) (local.get $path) (local.get $size))
    (local.set $property (i32.add (global.get $region) (i32.const ${PROPERTIES})))
    (local.set $end
      (i32.add
        (local.get $property)
        (i32.mul (i32.load offset=${PROPERTY_COUNT} (global.get $region)) (i32.const ${PROPERTY_BYTES}))))
    (loop $next
      (if (i32.ge_u (local.get $property) (local.get $end)) (then (return (i32.const 0))))
      (if (i32.eq (i32.load offset=${PROPERTY_PATH_SIZE} (local.get $property)) (local.get $size))
        (then
          (if (call $is_key (i32.load offset=${PROPERTY_PATH} (local.get $property)) (local.get $size))
            (then (return (local.get $property))))))
      (local.set $property (i32.add (local.get $property) (i32.const ${PROPERTY_BYTES})))
      (br $next))
    (unreachable))

  ;; Whether a text of that size, which is padded, is KEY.
  (func $is_key (param $text i32) (param $size i32) (result i32) (local $i i32)
    (loop $word
      (if (i64.ne
            (i64.load (i32.add (local.get $text) (local.get $i)))
            (i64.load offset=${KEY} (i32.add (global.get $region) (local.get $i))))
        (then (return (i32.const 0))))
      (br_if $word (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (local.get $size))))
    (i32.const 1))

  (func (export "env.proxy_get_property")
    (param $path i32) (param $path_size i32) (param $value_out i32) (param $size_out i32) (result i32)
    (local $property i32) (local $state i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $property (call $property (local.get $path) (local.get $path_size)))))
      (local.set $state (i32.load offset=${PROPERTY_STATE} (local.get $property)))
      (br_if $java (i32.eqz (i32.and (local.get $state) (i32.const ${PRESENT_OR_ABSENT}))))
      (br_if $java (i32.eqz (call $can_deliver (local.get $value_out) (local.get $size_out))))
      (if (i32.and (local.get $state) (i32.const ${ABSENT}))
        (then (return (i32.const ${NOT_FOUND}))))
      (br_if $java
        (i32.eqz
          (call $deliver
            (i32.load offset=${PROPERTY_VALUE} (local.get $property))
            (i32.load offset=${PROPERTY_VALUE_SIZE} (local.get $property))
            (local.get $value_out) (local.get $size_out))))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_property
      (local.get $path) (local.get $path_size) (local.get $value_out) (local.get $size_out)))

  ;; Stores a value here, so that the guest reads it, and notes it.
  (func (export "env.proxy_set_property")
    (param $path i32) (param $path_size i32) (param $value i32) (param $value_size i32) (result i32)
    (local $property i32) (local $kept i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $property (call $property (local.get $path) (local.get $path_size)))))
      (br_if $java
        (i32.eqz (i32.and (i32.load offset=${PROPERTY_STATE} (local.get $property)) (i32.const ${STORABLE}))))
      (br_if $java (i32.gt_u (local.get $value_size) (i32.const ${MAX_PROPERTY})))
      (br_if $java (i32.eqz (call $inrange (local.get $value) (local.get $value_size))))
      (br_if $java (i32.eqz (call $has_record)))
      (br_if $java (i32.eqz (local.tee $kept (call $reserve (local.get $value_size)))))
      (call $in (local.get $kept) (local.get $value) (local.get $value_size))
      (i32.store offset=${PROPERTY_STATE} (local.get $property) (i32.const ${PRESENT_AND_STORABLE}))
      (i32.store offset=${PROPERTY_VALUE} (local.get $property) (local.get $kept))
      (i32.store offset=${PROPERTY_VALUE_SIZE} (local.get $property) (local.get $value_size))
      (call $record
        (i32.const ${STORE_PROPERTY})
        (i32.div_u
          (i32.sub (local.get $property) (i32.add (global.get $region) (i32.const ${PROPERTIES})))
          (i32.const ${PROPERTY_BYTES}))
        (i32.const 0) (i32.const 0)
        (local.get $kept) (local.get $value_size))
      (return (i32.const 0)))
    (call $cross:env.proxy_set_property
      (local.get $path) (local.get $path_size) (local.get $value) (local.get $value_size)))
