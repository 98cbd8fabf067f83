;; What guests change in header maps: done here, so that they read what they wrote, and noted in the journal. Plain names are those that
;; need no cleaning and have no rules of their own; pseudo-headers are not among them.

  (func (export "env.proxy_add_header_map_value")
    (param $type i32) (param $name i32) (param $name_size i32) (param $value i32) (param $value_size i32) (result i32)
    (local $map i32) (local $kept_name i32) (local $kept_value i32)
    (call $take_pair
      (local.get $type) (local.get $name) (local.get $name_size) (local.get $value) (local.get $value_size))
    (local.set $kept_value) (local.set $kept_name) (local.set $map)
    (if (i32.eqz (local.get $map))
      (then
        (return
          (call $cross:env.proxy_add_header_map_value
            (local.get $type) (local.get $name) (local.get $name_size) (local.get $value) (local.get $value_size)))))
    (call $append
      (local.get $type) (local.get $map)
      (local.get $kept_name) (local.get $name_size) (local.get $kept_value) (local.get $value_size))
    (call $record
      (i32.const ${ADD}) (local.get $type)
      (local.get $kept_name) (local.get $name_size) (local.get $kept_value) (local.get $value_size))
    (i32.const 0))

  ;; Puts the value where the first one of that name was, and removes the others; appends if there is none.
  (func (export "env.proxy_replace_header_map_value")
    (param $type i32) (param $name i32) (param $name_size i32) (param $value i32) (param $value_size i32) (result i32)
    (local $map i32) (local $kept_name i32) (local $kept_value i32) (local $number i32) (local $entry i32)
    (call $take_pair
      (local.get $type) (local.get $name) (local.get $name_size) (local.get $value) (local.get $value_size))
    (local.set $kept_value) (local.set $kept_name) (local.set $map)
    (if (i32.eqz (local.get $map))
      (then
        (return
          (call $cross:env.proxy_replace_header_map_value
            (local.get $type) (local.get $name) (local.get $name_size) (local.get $value) (local.get $value_size)))))
    (local.set $number (call $find (local.get $type) (local.get $map) (i32.const 0) (local.get $name_size)))
    (if (i32.lt_s (local.get $number) (i32.const 0))
      (then
        (call $append
          (local.get $type) (local.get $map)
          (local.get $kept_name) (local.get $name_size) (local.get $kept_value) (local.get $value_size)))
      (else
        (local.set $entry (call $entry (local.get $type) (local.get $number)))
        (call $count (local.get $map) (i32.const 0)
          (i32.sub (local.get $value_size) (i32.load offset=12 (local.get $entry))))
        (i32.store offset=8 (local.get $entry) (local.get $kept_value))
        (i32.store offset=12 (local.get $entry) (local.get $value_size))
        (call $remove_from
          (local.get $type) (local.get $map) (i32.add (local.get $number) (i32.const 1)) (local.get $name_size))))
    (call $record
      (i32.const ${REPLACE}) (local.get $type)
      (local.get $kept_name) (local.get $name_size) (local.get $kept_value) (local.get $value_size))
    (i32.const 0))

  ;; Removes every pair of a name.
  (func (export "env.proxy_remove_header_map_value")
    (param $type i32) (param $name i32) (param $name_size i32) (result i32)
    (local $map i32) (local $kept_name i32)
    (block $java
      (br_if $java
        (i32.eqz (local.tee $map (call $changeable (local.get $type) (local.get $name) (local.get $name_size)))))
      (if (i32.lt_s
            (call $find (local.get $type) (local.get $map) (i32.const 0) (local.get $name_size))
            (i32.const 0))
        (then (return (i32.const 0))))
      (br_if $java (i32.eqz (local.tee $kept_name (call $keep_key (local.get $name_size)))))
      (call $remove_from (local.get $type) (local.get $map) (i32.const 0) (local.get $name_size))
      (call $record
        (i32.const ${REMOVE}) (local.get $type)
        (local.get $kept_name) (local.get $name_size) (i32.const 0) (i32.const 0))
      (return (i32.const 0)))
    (call $cross:env.proxy_remove_header_map_value (local.get $type) (local.get $name) (local.get $name_size)))

  ;; Takes a name and a value over to the heap for a change of a map; gives the map, or 0 if the change is not plain, and where they are.
  (func $take_pair
    (param $type i32) (param $name i32) (param $name_size i32) (param $value i32) (param $value_size i32)
    (result i32 i32 i32)
    (local $map i32) (local $kept_name i32) (local $kept_value i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $map (call $changeable (local.get $type) (local.get $name) (local.get $name_size)))))
      (br_if $java (i32.gt_u (local.get $value_size) (i32.const ${MAX_ITEM})))
      (br_if $java
        (i32.eqz (call $has_room (local.get $map) (call $pair_size (local.get $name_size) (local.get $value_size)))))
      (br_if $java (i32.eqz (local.tee $kept_name (call $keep_key (local.get $name_size)))))
      (br_if $java
        (i32.lt_s (local.tee $kept_value (call $take_value (local.get $value) (local.get $value_size))) (i32.const 0)))
      (return (local.get $map) (local.get $kept_name) (local.get $kept_value)))
    (i32.const 0) (i32.const 0) (i32.const 0))

  ;; The map if it may be changed, the change noted, and the name, which is brought into KEY, is a plain one; else 0.
  (func $changeable (param $type i32) (param $name i32) (param $name_size i32) (result i32) (local $map i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $map (call $map (local.get $type) (i32.const 3)))))
      (br_if $java (i32.eqz (call $has_record)))
      (br_if $java (i32.eqz (call $key (local.get $name) (local.get $name_size))))
      (br_if $java
        (i32.eqz
          (call $is_plain_name (i32.add (global.get $region) (i32.const ${KEY})) (local.get $name_size))))
      (br_if $java (call $is_alias (local.get $type) (local.get $name_size)))
      (return (local.get $map)))
    (i32.const 0))

  ;; Whether a name in the mailbox is made of small letters, digits, '-' and '_', as nearly every name is; others are cleaned by Java.
  (func $is_plain_name (param $at i32) (param $size i32) (result i32) (local $i i32) (local $c i32)
    (loop $next
      (local.set $c (i32.load8_u (i32.add (local.get $at) (local.get $i))))
      (if (i32.eqz
            (i32.or
              (i32.or
                (i32.lt_u (i32.sub (local.get $c) (i32.const 97)) (i32.const 26))
                (i32.lt_u (i32.sub (local.get $c) (i32.const 48)) (i32.const 10)))
              (i32.or (i32.eq (local.get $c) (i32.const 45)) (i32.eq (local.get $c) (i32.const 95)))))
        (then (return (i32.const 0))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $size))))
    (i32.const 1))

  ;; Whether a value in the mailbox has no CR, LF or NUL.
  (func $is_plain_value (param $at i32) (param $size i32) (result i32) (local $c i32) (local $end i32)
    (local.set $end (i32.add (local.get $at) (local.get $size)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $c (i32.load8_u (local.get $at)))
        (if (i32.or
              (i32.eqz (local.get $c))
              (i32.or (i32.eq (local.get $c) (i32.const 10)) (i32.eq (local.get $c) (i32.const 13))))
          (then (return (i32.const 0))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (i32.const 1))

  ;; Copies a value of the guest to the heap; -1 if that cannot be done here.
  (func $take_value (param $pointer i32) (param $size i32) (result i32) (local $at i32)
    (if (i32.eqz (call $inrange (local.get $pointer) (local.get $size))) (then (return (i32.const -1))))
    (if (i32.eqz (local.tee $at (call $reserve (local.get $size)))) (then (return (i32.const -1))))
    (call $in (local.get $at) (local.get $pointer) (local.get $size))
    (if (i32.eqz (call $is_plain_value (local.get $at) (local.get $size))) (then (return (i32.const -1))))
    (local.get $at))

  ;; Copies KEY to the heap; 0 if there is no room.
  (func $keep_key (param $size i32) (result i32) (local $at i32)
    (if (local.tee $at (call $reserve (local.get $size)))
      (then
        (memory.copy
          (local.get $at)
          (i32.add (global.get $region) (i32.const ${KEY}))
          (i32.and (i32.add (local.get $size) (i32.const 7)) (i32.const -8)))))
    (local.get $at))

  ;; Whether a map may take one more pair of that many bytes.
  (func $has_room (param $map i32) (param $bytes i32) (result i32)
    (i32.and
      (i32.lt_u (i32.load offset=${MAP_ENTRIES} (local.get $map)) (i32.const ${MAX_ENTRIES}))
      (i32.and
        (i32.lt_u
          (i32.load offset=${MAP_PAIRS} (local.get $map))
          (i32.load offset=${MAX_PAIRS} (global.get $region)))
        (i32.le_u
          (i32.add (i32.load offset=${MAP_SIZE} (local.get $map)) (local.get $bytes))
          (i32.load offset=${MAX_PAIRS_BYTES} (global.get $region))))))

  (func $append
    (param $type i32) (param $map i32) (param $name i32) (param $name_size i32) (param $value i32) (param $value_size i32)
    (local $entry i32) (local $count i32)
    (local.set $count (i32.load offset=${MAP_ENTRIES} (local.get $map)))
    (local.set $entry (call $entry (local.get $type) (local.get $count)))
    (i32.store (local.get $entry) (local.get $name))
    (i32.store offset=4 (local.get $entry) (local.get $name_size))
    (i32.store offset=8 (local.get $entry) (local.get $value))
    (i32.store offset=12 (local.get $entry) (local.get $value_size))
    (i32.store offset=${MAP_ENTRIES} (local.get $map) (i32.add (local.get $count) (i32.const 1)))
    (call $count (local.get $map) (i32.const 1) (call $pair_size (local.get $name_size) (local.get $value_size))))

  (func $count (param $map i32) (param $pairs i32) (param $bytes i32)
    (i32.store offset=${MAP_PAIRS} (local.get $map)
      (i32.add (i32.load offset=${MAP_PAIRS} (local.get $map)) (local.get $pairs)))
    (i32.store offset=${MAP_SIZE} (local.get $map)
      (i32.add (i32.load offset=${MAP_SIZE} (local.get $map)) (local.get $bytes))))

  ;; Removes every entry from there on whose name is KEY.
  (func $remove_from (param $type i32) (param $map i32) (param $from i32) (param $size i32) (local $entry i32)
    (block $end
      (loop $next
        (local.set $from (call $find (local.get $type) (local.get $map) (local.get $from) (local.get $size)))
        (br_if $end (i32.lt_s (local.get $from) (i32.const 0)))
        (local.set $entry (call $entry (local.get $type) (local.get $from)))
        (i32.store offset=4 (local.get $entry) (i32.const -1))
        (call $count (local.get $map) (i32.const -1)
          (i32.sub (i32.const 0)
            (call $pair_size (local.get $size) (i32.load offset=12 (local.get $entry)))))
        (br $next))))
